import type { ClientView } from '#lib/contract/oauth.ts'
import type { OAuthScope } from '#lib/contract/oauth-scopes.ts'
import { type Access, settled } from '../client-rules.ts'
import { DpopField } from '../parts/dpop-field.tsx'
import { GrantsField } from '../parts/grants-field.tsx'
import { ScopesField } from '../parts/scopes-field.tsx'
import { PartCard } from './part-card.tsx'
import { usePart } from './use-part.ts'

interface Props {
  client: ClientView
  onChanged: () => Promise<void>
}

/** How the client gets tokens, and what for: the two decide each other, so they are saved together. */
export function ClientAccess({ client, onChanged }: Props) {
  const { type, dpopRequired } = client
  const saved: Omit<Access, 'type'> & { dpopRequired: boolean } = {
    grants: client.grants,
    scopes: client.scopes as OAuthScope[],
    optionalScopes: client.optionalScopes as OAuthScope[],
    dpopRequired,
  }
  const part = usePart({
    client,
    saved,
    updateOf: ({ grants, scopes, optionalScopes, dpopRequired }) => ({
      grants: [...grants],
      scopes: [...scopes],
      optionalScopes: [...optionalScopes],
      dpopRequired,
    }),
    onChanged,
  })
  const { fields, refused } = part

  function edit(more: Partial<typeof saved>) {
    const { type: _, ...settledFields } = settled({ type, ...fields, ...more })
    part.edit(settledFields)
  }

  return (
    <PartCard
      title="Access"
      note="What is taken away here is gone from new tokens at once, and at this API from all of them within seconds. Tokens for the MPC server keep it until they end, within an hour."
      part={part}
      label="Save access"
    >
      <GrantsField
        type={type}
        chosen={fields.grants}
        error={fields.grants.length ? refused.of('grants', '') : 'Choose at least one way.'}
        onChoose={(grants) => edit({ grants })}
      />
      <DpopField required={fields.dpopRequired} onChange={(dpopRequired) => edit({ dpopRequired })} />
      <ScopesField
        access={fields}
        error={fields.scopes.length ? refused.of('scopes', '') : 'Choose at least one scope.'}
        onChange={edit}
      />
    </PartCard>
  )
}
