'use client'

import { useCallback, useEffect, useId, useState } from 'react'
import type { UserVerification } from '#lib/webauthn/options.ts'
import { type RecordedCredential, saidOfItself } from '#lib/webauthn/verify/recorded-credential.ts'
import { ChecksList } from '../playground/checks/checks-list.tsx'
import { TextField } from '../ui/field.tsx'
import { Late } from '../ui/late.tsx'
import { Select } from '../ui/select.tsx'
import { DecodeSaid } from './decode-said.tsx'
import { loadVerifier } from './load-verifier.ts'

/** A value to hold a response against: `own` while it is only the response's own word. */
interface Said {
  value: string
  own: boolean
}

const nothing: Said = { value: '', own: true }

const verifications: readonly { value: UserVerification; label: string }[] = [
  { value: 'preferred', label: 'preferred' },
  { value: 'required', label: 'required' },
  { value: 'discouraged', label: 'discouraged' },
]

/** What the response is held against, and the whole ledger on it, in the page. */
export function DecodeVerify({ credential }: { credential: RecordedCredential }) {
  const id = useId()
  const [challenge, setChallenge] = useState(nothing)
  const [origins, setOrigins] = useState(nothing)
  const [rpId, setRpId] = useState(nothing)
  const [userVerification, setVerification] = useState<UserVerification>('preferred')
  const [publicKey, setPublicKey] = useState('')
  const [signCount, setSignCount] = useState('')
  const [userHandle, setUserHandle] = useState('')
  const [anchors, setAnchors] = useState('')
  const signsIn = credential.response.attestationObject === undefined

  useEffect(() => {
    let gone = false
    saidOfItself(credential).then((said) => {
      if (gone) return
      setChallenge({ value: said.challenge, own: true })
      setOrigins({ value: said.origin, own: true })
      setRpId({ value: said.rpId, own: true })
    })
    return () => {
      gone = true
    }
  }, [credential])

  const load = useCallback(async () => {
    const { recordedAuthentication, recordedRegistration, recordedAnchors, recordedKey } = await loadVerifier()
    const unproven = [
      ...(challenge.own ? (['challenge'] as const) : []),
      ...(origins.own ? (['origin'] as const) : []),
      ...(rpId.own ? (['rpId'] as const) : []),
    ]
    const expected = {
      challenge: challenge.value.trim(),
      origins: origins.value.split(/[\s,]+/).filter(Boolean),
      rpId: rpId.value.trim(),
      userVerification,
      unproven,
    }
    if (!signsIn) {
      const trusted = anchors.trim() ? recordedAnchors(anchors) : { anchors: [] }
      const checks = await recordedRegistration(credential, expected, 'anchors' in trusted ? trusted.anchors : [])
      return { checks, error: 'error' in trusted ? `The trust anchors: ${trusted.error}` : undefined }
    }
    const key = publicKey.trim() ? await recordedKey(publicKey) : undefined
    const count = /^\d{1,10}$/.test(signCount.trim()) ? Number(signCount) : undefined
    const checks = await recordedAuthentication(credential, expected, {
      publicKey: key && 'cose' in key ? key.cose : undefined,
      signCount: count,
      userHandle: userHandle.trim() || undefined,
    })
    return { checks, error: key && 'error' in key ? `The public key: ${key.error}` : undefined }
  }, [credential, signsIn, challenge, origins, rpId, userVerification, publicKey, signCount, userHandle, anchors])

  return (
    <div className="@container space-y-4">
      <p className="max-w-[72ch] text-[14px] text-soft">
        The checks of a server, on a response that came from elsewhere. Say what it was asked with: what is only the
        response’s own word proves nothing, and is not judged.
      </p>
      <div className="grid gap-4 md:grid-cols-2">
        <DecodeSaid id={`${id}-challenge`} label="Challenge" hint="base64url" said={challenge} onSay={setChallenge} />
        <DecodeSaid id={`${id}-origins`} label="Origins" hint="one or more" said={origins} onSay={setOrigins} />
        <DecodeSaid id={`${id}-rp`} label="RP ID" hint="a domain" said={rpId} onSay={setRpId} />
        <Select
          id={`${id}-uv`}
          label="User verification"
          value={userVerification}
          choices={verifications}
          onChoose={(value) => setVerification(value as UserVerification)}
        />
        {signsIn ? (
          <>
            <TextField
              id={`${id}-count`}
              label="Sign count"
              hint="of its last use, if known"
              inputMode="numeric"
              value={signCount}
              onChange={(event) => setSignCount(event.target.value)}
            />
            <TextField
              id={`${id}-handle`}
              label="User handle"
              hint="base64url, if known"
              value={userHandle}
              onChange={(event) => setUserHandle(event.target.value)}
            />
            <Pasted
              id={`${id}-key`}
              label="Public key"
              hint="COSE, JWK, PEM, SPKI, or the registration response"
              value={publicKey}
              onPaste={setPublicKey}
            />
          </>
        ) : (
          <Pasted
            id={`${id}-anchors`}
            label="Trust anchors"
            hint="certificates that may vouch for the authenticator: PEM, or one in DER"
            value={anchors}
            onPaste={setAnchors}
          />
        )}
      </div>
      <Late load={load} waiting={<div aria-busy="true" className="min-h-40" />}>
        {({ checks, error }) => (
          <>
            {error ? <p className="mb-3 text-[13px] text-bad">{error}.</p> : null}
            <ChecksList checks={checks} about={`WebAuthn §${signsIn ? '7.2' : '7.1'}, judged in this page`} />
          </>
        )}
      </Late>
    </div>
  )
}

interface PastedProps {
  id: string
  label: string
  hint: string
  value: string
  onPaste: (text: string) => void
}

/** A field for what is long. */
function Pasted({ id, label, hint, value, onPaste }: PastedProps) {
  return (
    <div className="md:col-span-2">
      <div className="mb-1.5 flex items-baseline justify-between gap-3 text-[13px]">
        <label htmlFor={id} className="font-semibold">
          {label}
        </label>
        <span id={`${id}-hint`} className="text-right text-faint">
          {hint}
        </span>
      </div>
      <textarea
        id={id}
        aria-describedby={`${id}-hint`}
        value={value}
        onChange={(event) => onPaste(event.target.value)}
        rows={3}
        spellCheck={false}
        className="block w-full resize-y break-all rounded-field border border-line-strong bg-card px-3 py-2.5 font-mono text-[13px] leading-[1.5] hover:border-faint"
      />
    </div>
  )
}
