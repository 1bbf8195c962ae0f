'use client'

import { useMemo } from 'react'
import { Late } from '../../ui/late.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { Session } from '../state.ts'
import { TokenAnatomy } from './token-anatomy.tsx'
import { TokenHeading } from './token-heading.tsx'
import { tokenParts } from './token-parts.ts'
import { TokenTenant } from './token-tenant.tsx'
import { TokenVerdict } from './token-verdict.tsx'
import { expectedAudience } from './token-verify.ts'
import { useVerdict } from './use-verdict.ts'

// Code to take along is read once the token was: it does not come with the page.
const loadUse = () => import('./token-use.tsx')

interface Props {
  session: Session
  /** The passkey that it came from is deleted. */
  orphaned: boolean
  /** The server's BASE_URL: the issuer that a token must name, whatever address this page was opened at. */
  baseUrl: string
}

/** The token: whether to believe it, whose it is, what it says word by word, and how to use it. */
export function TokenView({ example, ...props }: Props & { example?: true }) {
  return example ? <ExampleToken token={props.session.answer.token} /> : <RealToken {...props} />
}

/** A token that shows what one says. Nobody is to take it for one, and no suite finds it. */
function ExampleToken({ token }: { token: string }) {
  const { payload } = useMemo(() => tokenParts(token), [token])
  const claim = (name: string) => String(payload[name])
  return (
    <section aria-label="Token" className="@container">
      <Notice tone="warn" title="An example: no server issued this token">
        This page signed it with a key that is gone, to show what a token says. No service takes it.
      </Notice>
      <TokenTenant
        name={claim('providerTenantName')}
        id={claim('providerTenantId')}
        environment={claim('environment')}
      />
      <TokenAnatomy
        token={token}
        name="example token"
        username={claim('preferred_username')}
        signer="whoever holds the key"
      />
    </section>
  )
}

function RealToken({ session, orphaned, baseUrl }: Props) {
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
        <Late load={loadUse}>
          {({ TokenUse }) => (
            <TokenUse token={token} issuer={baseUrl} audience={expectedAudience(payload)} username={who} />
          )}
        </Late>
      </div>
    </section>
  )
}
