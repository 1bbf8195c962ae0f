'use client'

import type { ClientView } from '#lib/contract/oauth.ts'
import { snippetsOf } from '../../snippets/client-snippets.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Snippet } from '../../ui/snippet.tsx'

interface Props {
  client: ClientView
  /** The client's secret, where it is still known. */
  secret?: string | undefined
}

/** How to begin with a client. */
export function UseClient({ client, secret }: Props) {
  return (
    <div className="space-y-5">
      {client.type === 'public' ? null : secret === undefined ? (
        <p className="max-w-[72ch] text-pretty text-[14px] text-soft">
          Its secret is expected in the environment variable{' '}
          <code className="font-mono text-[13px]">OAUTH_CLIENT_SECRET</code>.
        </p>
      ) : (
        <div>
          <h3 className="mb-1.5 font-semibold text-[13px]">Environment variable</h3>
          <CodeBlock code={`export OAUTH_CLIENT_SECRET=${secret}`} label="environment variable" />
        </div>
      )}
      {snippetsOf(client, location.origin).map(({ label, code, note }) => (
        <Snippet
          key={label}
          title={<h3 className="font-semibold text-[13px] first-letter:uppercase">{label}</h3>}
          label={label}
          code={code}
          note={note}
        />
      ))}
      <p className="text-[13px] text-soft">
        Every endpoint, as libraries read it:{' '}
        <a
          href="/.well-known/oauth-authorization-server"
          className="text-ink underline decoration-line-strong underline-offset-2 hover:decoration-current"
        >
          Well-known metadata
        </a>
      </p>
    </div>
  )
}
