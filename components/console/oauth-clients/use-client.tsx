'use client'

import type { ClientView } from '#lib/contract/oauth.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { snippetsOf } from './client-snippets.ts'

interface Props {
  client: ClientView
  /** The client's secret, where it is still known. */
  secret?: string | undefined
}

/** How to begin with a client. */
export function UseClient({ client, secret }: Props) {
  return (
    <div className="space-y-4">
      {snippetsOf(client, location.origin, secret).map(({ label, code, note }) => (
        <div key={label}>
          <h3 className="mb-1.5 font-semibold text-[13px] first-letter:uppercase">{label}</h3>
          <CodeBlock code={code} label={label} />
          {note ? <p className="mt-1.5 max-w-[72ch] text-pretty text-[13px] text-soft">{note}</p> : null}
        </div>
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
