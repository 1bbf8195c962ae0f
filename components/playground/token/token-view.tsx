'use client'

import { useEffect, useMemo, useState } from 'react'
import type { AuthenticateFinished } from '#lib/contract/passkeys.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { TokenClaimTable } from './token-claim-table.tsx'
import { type Lit, TokenCompact } from './token-compact.tsx'
import { tokenParts } from './token-parts.ts'
import { TokenTenant } from './token-tenant.tsx'
import { TokenVerdict } from './token-verdict.tsx'
import { expectedAudience, type TokenVerification, verifyToken } from './token-verify.ts'

interface Props {
  authenticated: AuthenticateFinished
  username: string
  /** The server's BASE_URL: the issuer that a token must name, whatever address this page was opened at. */
  baseUrl: string
}

/** The token: whether to believe it, whose it is, what it says word by word, and how to use it. */
export function TokenView({ authenticated, username, baseUrl }: Props) {
  const { token } = authenticated
  const { compact, header, payload, text } = useMemo(() => tokenParts(token), [token])
  const verdict = useVerdict(token, baseUrl)
  const [lit, light] = useState<Lit>()
  const claim = (name: string) => (payload[name] === undefined ? 'missing' : String(payload[name]))
  const table = { username: username || claim('preferred_username'), onLight: light }

  return (
    <section aria-label="Token" className="@container">
      <TokenVerdict
        verdict={verdict}
        expiresAt={typeof payload.exp === 'number' ? payload.exp * 1_000 : undefined}
        issuer={baseUrl}
        audience={expectedAudience(payload)}
      />
      <TokenTenant
        name={claim('providerTenantName')}
        id={claim('providerTenantId')}
        environment={claim('environment')}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-5 @3xl:grid-cols-[minmax(0,5fr)_minmax(0,9fr)] @3xl:grid-rows-[auto_1fr]">
        <div>
          <Heading text="The token" copy={<CopyButton text={token} label="Copy token" />} />
          <TokenCompact compact={compact} lit={lit} />
          <p className="mt-2 text-[13px] text-soft">
            <span className="text-jwt-header">Header</span> and <span className="text-jwt-payload">payload</span> are
            JSON that anyone can read. The <span className="text-jwt-signature">signature</span> proves that this server
            wrote them.
          </p>
        </div>
        <div className="@3xl:col-start-2 @3xl:row-span-2 @3xl:row-start-1">
          <TokenClaimTable part="payload" claims={payload} text={text.payload} {...table} />
        </div>
        <TokenClaimTable part="header" claims={header} text={text.header} {...table} />
      </div>
      <div className="mt-5">
        <Heading text="Use it" />
        <p className="mb-2 text-[13px] text-soft">
          The key says which tenant calls, the token which user. This lists {table.username}’s own passkeys.
        </p>
        <CodeBlock code={command(baseUrl)} label="command" />
      </div>
    </section>
  )
}

/** The verdict on a token, reached again when the token changes. */
function useVerdict(token: string, baseUrl: string): TokenVerification {
  const [reached, set] = useState<{ token: string; verdict: TokenVerification }>()
  useEffect(() => {
    let current = true
    verifyToken(token, baseUrl, location.origin).then((verdict) => current && set({ token, verdict }))
    return () => {
      current = false
    }
  }, [token, baseUrl])
  return reached?.token === token ? reached.verdict : { state: 'verifying' }
}

function command(baseUrl: string): string {
  return `curl ${baseUrl}/v1/passkeys \\\n  -H "Authorization: Bearer $API_KEY" \\\n  -H "X-User-Token: $TOKEN"`
}

function Heading({ text, copy }: { text: string; copy?: React.ReactNode }) {
  return (
    <div className="mb-1.5 flex min-h-7 items-center justify-between">
      <h3 className="font-semibold text-[13px] text-faint">{text}</h3>
      {copy}
    </div>
  )
}
