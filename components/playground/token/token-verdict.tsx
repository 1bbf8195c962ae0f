'use client'

import { exactTime } from '../../ui/relative-time.ts'
import { useNow } from '../../ui/use-now.ts'
import { countdown, localTime } from './token-time.ts'
import type { TokenVerification } from './token-verify.ts'

interface Props {
  verdict: TokenVerification
  /** The claim `exp`, in epoch milliseconds. */
  expiresAt: number | undefined
  issuer: string
  audience: string
  /** What brings a new one, once it has expired. */
  renewal?: string
}

const authenticateAgain = 'A token lives for one hour. Authenticate again for a new one.'

/** One line that says whether to believe the token, and until when. */
export function TokenVerdict({ verdict, expiresAt, issuer, audience, renewal = authenticateAgain }: Props) {
  const left = (expiresAt ?? Number.NaN) - (useNow(1_000) ?? Date.now())
  const expired = left <= 0
  const good = verdict.state === 'verified' && !expired
  const bad = verdict.state === 'refused' || expired
  const wash = good ? 'bg-ok-wash' : bad ? 'bg-bad-wash' : 'bg-sunk'
  const tone = good ? 'text-ok' : bad ? 'text-bad' : 'text-soft'

  return (
    <div className={`rounded-xl px-4 py-3 transition-colors ${wash}`} data-verdict={good ? 'verified' : verdict.state}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p aria-live="polite" className={`flex items-center gap-2 font-semibold ${tone}`}>
          <Mark good={good} bad={bad} />
          {headline(verdict, expired)}
        </p>
        {verdict.state === 'verified' && (
          <p className="text-[13px] text-soft">
            {verdict.alg}, key{' '}
            <code className="font-mono" title={verdict.kid}>
              {verdict.kid.slice(0, 6)}…
            </code>
            , against this server’s JWKS
          </p>
        )}
        {expiresAt !== undefined && (
          <p
            title={exactTime(expiresAt)}
            className={`whitespace-nowrap @xl:ml-auto font-mono text-[13px] tabular-nums ${expired ? 'font-semibold text-bad' : 'text-soft'}`}
          >
            {expired ? `expired at ${localTime(expiresAt)}` : `expires in ${countdown(left)}`}
          </p>
        )}
      </div>
      {verdict.state === 'refused' && !(expired && verdict.code === 'ERR_JWT_EXPIRED') && (
        <p className="mt-1 text-[13px] text-ink">
          {verdict.detail} <code className="font-mono text-soft">{verdict.code}</code>
        </p>
      )}
      {expired && <p className="mt-1 text-[13px] text-ink">{renewal}</p>}
      {good && (
        <ul className="mt-1.5 flex flex-wrap gap-x-4 gap-y-0.5 text-[13px] text-soft">
          {[
            ['issuer', issuer],
            ['audience', audience],
          ].map(([name, value]) => (
            <li key={name}>
              <span className="text-ok">✓</span> {name} <code className="font-mono">{value}</code>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function headline(verdict: TokenVerification, expired: boolean): string {
  if (verdict.state === 'verifying') return 'Verifying the signature'
  if (verdict.state === 'verified') return expired ? 'Expired, though its signature is good' : 'Signature verified'
  return verdict.reason
}

function Mark({ good, bad }: { good: boolean; bad: boolean }) {
  if (!good && !bad) return null
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" fill="none" aria-hidden="true">
      <circle cx="9" cy="9" r="9" fill="currentColor" />
      <path
        d={good ? 'm5.2 9.3 2.6 2.6 5-5.6' : 'm6 6 6 6m0-6-6 6'}
        className={good ? 'stroke-ok-wash' : 'stroke-bad-wash'}
        strokeWidth="1.9"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
