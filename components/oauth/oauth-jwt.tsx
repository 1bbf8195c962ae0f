'use client'

import { useId, useState } from 'react'
import { TokenAnatomy } from '../playground/token/token-anatomy.tsx'
import { tokenParts } from '../playground/token/token-parts.ts'
import { TokenVerdict } from '../playground/token/token-verdict.tsx'
import type { Expected } from '../playground/token/token-verify.ts'
import { useVerdict } from '../playground/token/use-verdict.ts'
import { Icon } from '../ui/icon.tsx'

interface Props {
  /** “access token” */
  name: string
  token: string
  baseUrl: string
  expected: Expected
}

/** A token of the flow: whether to believe it, and what it says. */
export function OAuthJwt({ name, token, baseUrl, expected }: Props) {
  const { payload } = tokenParts(token)
  const verdict = useVerdict(token, baseUrl, expected)
  return (
    <section aria-label={capital(name)} className="@container space-y-3">
      <h4 className="font-semibold">{capital(name)}</h4>
      <TokenVerdict
        verdict={verdict}
        expiresAt={typeof payload.exp === 'number' ? payload.exp * 1_000 : undefined}
        issuer={baseUrl}
        audience={expected.audience}
        renewal="Refresh for a new one."
      />
      <Folded label={`What the ${name} says`}>
        <TokenAnatomy token={token} name={name} username={userOf(payload)} />
      </Folded>
    </section>
  )
}

/** The proof of a key: a JWT that the app itself signs, for one request. */
export function OAuthProof({ proof }: { proof: string }) {
  return (
    <section aria-label="DPoP proof" className="@container space-y-2">
      <h4 className="font-semibold">DPoP proof</h4>
      <p className="max-w-[72ch] text-[13px] text-soft">
        Signed by this page for this one request, with a key that cannot leave the browser. The token names the key’s
        thumbprint: whoever copies the token cannot make the next proof.
      </p>
      <Folded label="What the DPoP proof says">
        <TokenAnatomy token={proof} name="DPoP proof" username="the user" signer="the holder of the key" />
      </Folded>
    </section>
  )
}

function Folded({ label, children }: { label: string; children: React.ReactNode }) {
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="inline-flex cursor-pointer items-center gap-1 font-medium text-[13px] text-accent hover:underline"
      >
        {label}
        <Icon name="chevron" className={`size-3.5 transition-transform ${open ? 'rotate-180' : ''}`} />
      </button>
      <div id={id} className="mt-2">
        {open ? children : null}
      </div>
    </div>
  )
}

function userOf({ preferred_username: username }: Record<string, unknown>): string {
  return typeof username === 'string' ? username : 'the user'
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
