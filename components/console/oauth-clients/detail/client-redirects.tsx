import type { ClientView } from '#lib/contract/oauth.ts'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { TextRows } from '../../text-rows.tsx'
import { namedUris } from '../create/client-draft.ts'
import { RedirectRows } from '../parts/redirect-rows.tsx'
import { PartCard } from './part-card.tsx'
import { usePart } from './use-part.ts'

interface Props {
  client: ClientView
  onChanged: () => Promise<void>
}

/** Where people go after a sign-in, and after a sign-out. */
export function ClientRedirects({ client, onChanged }: Props) {
  const { redirectUris, postLogoutRedirectUris } = client
  const part = usePart({
    client,
    saved: { redirectUris, postLogoutRedirectUris },
    updateOf: (fields) => ({
      redirectUris: namedUris(fields.redirectUris),
      postLogoutRedirectUris: fields.postLogoutRedirectUris && namedUris(fields.postLogoutRedirectUris),
    }),
    onChanged,
  })
  const { fields, refused, edit } = part
  return (
    <PartCard
      title="Ways back"
      note="An app that sends any other address is refused, and nobody is taken there."
      part={{ ...part, save }}
      label="Save redirect URIs"
    >
      <RedirectRows
        values={fields.redirectUris}
        refused={refused}
        onChange={(redirectUris) => edit({ redirectUris })}
      />
      <Checkbox
        label="Other addresses after a sign-out"
        note="Unless told, people may go back to the redirect URIs when they sign out."
        checked={fields.postLogoutRedirectUris !== null}
        onToggle={(on) => edit({ postLogoutRedirectUris: on ? (postLogoutRedirectUris ?? []) : null })}
      />
      {fields.postLogoutRedirectUris ? (
        <TextRows
          id="sign-out-uri"
          legend="Sign-out URIs"
          note="Where people may go after they signed out. Without any, they stay here."
          one="sign-out URI"
          add="Add a sign-out URI"
          inputMode="url"
          autoCapitalize="none"
          placeholder="https://app.example.com/"
          values={fields.postLogoutRedirectUris}
          said={(_, at) => ({ error: refused.of(`postLogoutRedirectUris.${at}`, 'It') })}
          error={refused.itself('postLogoutRedirectUris', 'The list')}
          onChange={(postLogoutRedirectUris) => edit({ postLogoutRedirectUris })}
        />
      ) : null}
    </PartCard>
  )

  /** Rows stand as they are sent, so that the server's word about one is beside it. */
  function save() {
    edit({
      redirectUris: namedUris(fields.redirectUris),
      postLogoutRedirectUris: fields.postLogoutRedirectUris && namedUris(fields.postLogoutRedirectUris),
    })
    return part.save()
  }
}
