import type { ClientView } from '#lib/contract/oauth.ts'
import { TextField } from '../../../ui/field.tsx'
import { LogoField } from '../parts/logo-field.tsx'
import { PartCard } from './part-card.tsx'
import { usePart } from './use-part.ts'

interface Props {
  client: ClientView
  onChanged: () => Promise<void>
}

/** How people see the client. */
export function ClientLook({ client, onChanged }: Props) {
  const part = usePart({
    client,
    saved: { name: client.name, logoUrl: client.logoUrl ?? '' },
    updateOf: ({ name, logoUrl }) => ({ name, logoUrl: logoUrl.trim() || null }),
    onChanged,
  })
  const { fields, refused, edit } = part
  return (
    <PartCard
      title="Name and logo"
      note="What people see when they sign in and are asked to allow."
      part={part}
      label="Save name and logo"
    >
      <TextField
        id="name"
        label="Name"
        words
        autoComplete="off"
        value={fields.name}
        maxLength={128}
        error={refused.of('name', 'The name')}
        onChange={(event) => edit({ name: event.target.value })}
      />
      <LogoField
        name={fields.name}
        url={fields.logoUrl}
        error={refused.of('logoUrl', 'The address')}
        onChange={(logoUrl) => edit({ logoUrl })}
      />
    </PartCard>
  )
}
