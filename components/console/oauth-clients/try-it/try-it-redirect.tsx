import type { ClientView } from '#lib/contract/oauth.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { busyWords } from '../../busy-words.ts'
import { ChangeError } from '../../change-error.tsx'
import { useChange } from '../../use-change.ts'

interface Props {
  client: ClientView
  /** Of this page: where the flow comes back to. */
  uri: string
  /** Somebody wanted to begin without it. */
  missing: boolean
  onChanged: () => Promise<void>
}

/**
 * The redirect URI of this page at the client: added with one press, and taken away again. It stands there like any other,
 * and the audit log says who added it, so that one list says where a client’s codes may go.
 */
export function TryItRedirect({ client, uri, missing, onChanged }: Props) {
  const { clientId, environment, redirectUris } = client
  const change = useChange()
  const there = redirectUris.includes(uri)

  async function save(uris: string[]) {
    const needs = environment === 'live' && 'fresh'
    const saved = await change.run((api) => api.clients.update(clientId, { redirectUris: uris }), needs)
    if (saved) await onChanged()
  }

  const [title, words] = there
    ? ([
        'People can come back to this page',
        'Its redirect URI is among the client’s. Remove it when you are done.',
      ] as const)
    : ([
        'This page needs a redirect URI at the client',
        'It is added to the client’s own like any other, and the audit log says so: one list says where its codes may go.',
      ] as const)
  return (
    <div>
      <Notice tone={there ? 'plain' : 'warn'} title={title}>
        <p>{words}</p>
        <p className="mt-1 font-mono text-[12.5px] wrap-anywhere">{uri}</p>
        <div className="mt-2">
          {there ? (
            <Button look="small" onClick={() => save(redirectUris.filter((each) => each !== uri))}>
              {busyWords(change, 'Remove the redirect URI', 'Removing')}
            </Button>
          ) : (
            <Button
              look="small"
              aria-describedby={missing ? 'try-it-error' : undefined}
              onClick={() => save([...redirectUris, uri])}
            >
              {busyWords(change, 'Add the redirect URI', 'Adding')}
            </Button>
          )}
        </div>
      </Notice>
      <p role="alert" id="try-it-error" className="mt-1.5 text-[13px] text-bad">
        {missing && !there ? 'Add the redirect URI first: without it the server sends nobody back here.' : null}
      </p>
      <ChangeError error={change.error} className="mt-3" />
    </div>
  )
}
