'use client'

import { useEffect, useId, useState } from 'react'
import { type Check, failed } from '#lib/webauthn/checks/check.ts'
import type { UserVerification } from '#lib/webauthn/options.ts'
import { type RecordedCredential, saidOfItself } from '#lib/webauthn/verify/recorded-credential.ts'
import { ChecksList } from '../playground/checks/checks-list.tsx'
import { TextField } from '../ui/field.tsx'
import { Late } from '../ui/late.tsx'
import { Select } from '../ui/select.tsx'
import { DecodePasted } from './decode-pasted.tsx'
import { DecodeSaid } from './decode-said.tsx'
import { isSignCount, type Judged, judge, type SaidOfCeremony, type Verifier } from './judge.ts'
import { loadVerifier } from './load-verifier.ts'

const untold = { value: '', own: true }

const nothing: SaidOfCeremony = {
  challenge: untold,
  origins: untold,
  rpId: untold,
  userVerification: 'preferred',
  publicKey: '',
  signCount: '',
  userHandle: '',
  trustAnchors: '',
}

const verifications: readonly { value: UserVerification; label: string }[] = [
  { value: 'preferred', label: 'preferred' },
  { value: 'required', label: 'required' },
  { value: 'discouraged', label: 'discouraged' },
]

/** What the response is held against, and the whole ledger on it, in the page. */
export function DecodeVerify({ credential }: { credential: RecordedCredential }) {
  return (
    <Late load={loadVerifier} waiting={<div aria-busy="true" className="min-h-40" />}>
      {(verifier) => <Verifying credential={credential} verifier={verifier} />}
    </Late>
  )
}

function Verifying({ credential, verifier }: { credential: RecordedCredential; verifier: Verifier }) {
  const id = useId()
  const [said, setSaid] = useState(nothing)
  const [judged, setJudged] = useState<Judged>()
  const { challenge, origins, rpId, userVerification, publicKey, signCount, userHandle, trustAnchors } = said
  const signsIn = credential.response.attestationObject === undefined
  const say = (change: Partial<SaidOfCeremony>) => setSaid((before) => ({ ...before, ...change }))

  useEffect(() => {
    let gone = false
    saidOfItself(credential).then(({ challenge, origin, rpId }) => {
      if (gone) return
      const own = (value: string) => ({ value, own: true })
      setSaid((before) => ({ ...before, challenge: own(challenge), origins: own(origin), rpId: own(rpId) }))
    })
    return () => {
      gone = true
    }
  }, [credential])

  // The ledger that is shown stays until the next is there.
  useEffect(() => {
    let gone = false
    judge(verifier, credential, said).then((next) => gone || setJudged(next))
    return () => {
      gone = true
    }
  }, [verifier, credential, said])

  return (
    <div className="@container space-y-4">
      <p className="max-w-[72ch] text-[14px] text-soft">
        The checks of a server, on a response that came from elsewhere. Say what it was asked with: what is only the
        response’s own word proves nothing, and is not judged.
      </p>
      <div className="grid gap-4 md:grid-cols-2">
        <DecodeSaid
          id={`${id}-challenge`}
          label="Challenge"
          hint="base64url"
          said={challenge}
          onSay={(challenge) => say({ challenge })}
        />
        <DecodeSaid
          id={`${id}-origins`}
          label="Origins"
          hint="one, or several with spaces"
          placeholder="https://example.org"
          said={origins}
          onSay={(origins) => say({ origins })}
        />
        <DecodeSaid
          id={`${id}-rp`}
          label="RP ID"
          hint="a domain"
          placeholder="example.org"
          said={rpId}
          onSay={(rpId) => say({ rpId })}
        />
        <Select
          id={`${id}-uv`}
          label="User verification"
          value={userVerification}
          choices={verifications}
          onChoose={(value) => say({ userVerification: value as UserVerification })}
        />
        {signsIn ? (
          <>
            <TextField
              id={`${id}-count`}
              label="Sign count"
              hint="of its last use, if known"
              inputMode="numeric"
              error={
                signCount.trim() && !isSignCount(signCount.trim())
                  ? 'A sign count is a number from 0 to 4294967295. Until it is right, the checks go without it.'
                  : undefined
              }
              value={signCount}
              onChange={(event) => say({ signCount: event.target.value })}
            />
            <TextField
              id={`${id}-handle`}
              label="User handle"
              hint="base64url, if known"
              value={userHandle}
              onChange={(event) => say({ userHandle: event.target.value })}
            />
            <DecodePasted
              id={`${id}-key`}
              label="Public key"
              hint="COSE, JWK, PEM or SPKI"
              note="The key of the passkey, or the whole registration response that brought it. Without it no signature is judged."
              placeholder={'-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE…'}
              error={judged?.error}
              value={publicKey}
              onPaste={(publicKey) => say({ publicKey })}
            />
          </>
        ) : (
          <DecodePasted
            id={`${id}-anchors`}
            label="Trust anchors"
            hint="PEM, or one in DER"
            note="Certificates that may vouch for the authenticator: its maker’s root, or one below it. Apple’s and Google’s roots are known without."
            placeholder={'-----BEGIN CERTIFICATE-----\nMIIB…\n-----END CERTIFICATE-----'}
            error={judged?.error}
            value={trustAnchors}
            onPaste={(trustAnchors) => say({ trustAnchors })}
          />
        )}
      </div>
      <p role="status" className="sr-only">
        {judged ? verdictOn(judged.checks) : ''}
      </p>
      {judged ? (
        <ChecksList checks={judged.checks} about={`WebAuthn §${signsIn ? '7.2' : '7.1'}, judged in this page`} />
      ) : (
        <div aria-busy="true" className="min-h-40" />
      )}
    </div>
  )
}

/** What is told to who cannot see the ledger change. */
function verdictOn(checks: readonly Check[]): string {
  const failures = failed(checks)
  if (failures.length === 0) return `Verdict: none of ${checks.length} checks failed.`
  return `Verdict: ${failures.length} of ${checks.length} checks failed: ${failures.map(({ title }) => title).join(', ')}.`
}
