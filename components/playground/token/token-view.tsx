'use client'

import { useMemo } from 'react'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { Session } from '../state.ts'
import { TokenAnatomy } from './token-anatomy.tsx'
import { TokenHeading } from './token-heading.tsx'
import { tokenParts } from './token-parts.ts'
import { TokenTenant } from './token-tenant.tsx'
import { TokenVerdict } from './token-verdict.tsx'
import { expectedAudience } from './token-verify.ts'
import { useVerdict } from './use-verdict.ts'

interface Props {
  session: Session
  /** The passkey that it came from is deleted. */
  orphaned: boolean
  /** The server's BASE_URL: the issuer that a token must name, whatever address this page was opened at. */
  baseUrl: string
}

/** The token: whether to believe it, whose it is, what it says word by word, and how to use it. */
export function TokenView({ session, orphaned, baseUrl }: Props) {
  const { token, user } = session.answer
  const { payload } = useMemo(() => tokenParts(token), [token])
  const verdict = useVerdict(token, baseUrl)
  const claim = (name: string) => (payload[name] === undefined ? 'missing' : String(payload[name]))
  const who = user.username || claim('preferred_username')

  return (
    <section aria-label="Token" className="@container">
      <TokenVerdict
        verdict={verdict}
        expiresAt={session.expiresAt}
        issuer={baseUrl}
        audience={expectedAudience(payload)}
      />
      {orphaned ? (
        <div className="mt-3.5">
          <Notice tone="warn" title="The passkey that it came from is deleted">
            This server takes it no more where a passkey is asked for. A service that checks only the signature takes it
            until it expires.
          </Notice>
        </div>
      ) : null}
      <TokenTenant
        name={claim('providerTenantName')}
        id={claim('providerTenantId')}
        environment={claim('environment')}
      />
      <TokenAnatomy token={token} name="token" username={who} testId="token" />
      <div className="mt-5">
        <TokenHeading text="Use it" />
        <p className="mb-2 text-[13px] text-soft">
          The key says which tenant calls, the token which user. This lists {who}’s own passkeys.
        </p>
        <CodeBlock code={command(baseUrl)} label="command" />
      </div>
    </section>
  )
}

function command(baseUrl: string): string {
  return `curl ${baseUrl}/v1/passkeys \\\n  -H "Authorization: Bearer $API_KEY" \\\n  -H "X-User-Token: $TOKEN"`
}
