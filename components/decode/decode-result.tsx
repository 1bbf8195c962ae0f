'use client'

import { useCallback, useEffect, useId, useMemo, useState } from 'react'
import { toBase64url, toHex } from '#lib/webauthn/decode/bytes.ts'
import type { Part } from '#lib/webauthn/decode/part.ts'
import type { Reading } from '#lib/webauthn/decode/recognise.ts'
import { recordedCredential } from '#lib/webauthn/verify/recorded-credential.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { DecodedPart } from '../ui/decoded-part.tsx'
import { Empty } from '../ui/empty.tsx'
import { Late } from '../ui/late.tsx'
import { Notice } from '../ui/notice.tsx'
import { Select } from '../ui/select.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { DecodeVerify } from './decode-verify.tsx'
import { loadVerifier } from './load-verifier.ts'

/** What is spoken of as many. */
const several = /^(?:bytes|options) /

/** So many structures are shown at once; a list may hold more. */
const step = 12

/** What the text is, in one sentence, what else it could be, and its structures. */
export function DecodeResult({ readings }: { readings: readonly Reading[] }) {
  const [chosen, choose] = useState<string>()
  const id = useId()
  const reading = readings.find((each) => each.id === chosen) ?? (readings[0] as Reading)
  const load = useCallback(() => reading.parts(), [reading])
  const others = readings.filter((each) => each.likely && each !== reading).slice(0, 3)

  const credential = useMemo(() => recordedCredential(reading.value), [reading])
  const [tab, setTab] = useState('decoded')
  const [verifying, setVerifying] = useState(false)

  function select(next: string) {
    setTab(next)
    // From its first opening on it stays, with what was said there.
    if (next === 'verify') setVerifying(true)
  }

  // The verifier is there before the network may be gone.
  useEffect(() => {
    if (credential && navigator.onLine) loadVerifier().catch(() => {})
  }, [credential])

  const tabs = [
    {
      id: 'decoded',
      label: 'Decoded',
      content: (
        <Late load={load} waiting={<div aria-busy="true" />}>
          {(parts) => <Parts parts={parts} key={reading.id} />}
        </Late>
      ),
    },
    {
      id: 'verify',
      label: 'Verify elsewhere’s',
      content: credential ? (
        verifying ? (
          <DecodeVerify credential={credential} />
        ) : null
      ) : (
        <Empty title="A response is verified here">
          Paste what navigator.credentials.create() or get() gave, as JSON with its response and clientDataJSON, and say
          what it was asked with: every check of a server runs on it in this page.
        </Empty>
      ),
    },
  ]

  return (
    <>
      <div className="px-4 pt-4 pb-1 sm:px-5 sm:pt-5">
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
          <div className="min-w-0 flex-1 basis-72">
            <h2 className="font-semibold text-[17px]">{capital(reading.name)}</h2>
            <p className="text-[13px] text-soft" aria-live="polite">
              {several.test(reading.name) ? 'These are' : 'This is'} {reading.name}, written in {reading.written}.
              {others.length > 0 ? ` It could also be ${others.map(called).join(', or ')}.` : ''}
            </p>
          </div>
          {readings.length > 1 ? (
            <Select
              id={id}
              label="Read as"
              className="w-full sm:w-64"
              value={reading.id}
              onChoose={choose}
              choices={readings.map((each) => ({ value: each.id, label: called(each) }))}
            />
          ) : null}
        </div>
        {reading.errors.length > 0 ? (
          <div className="mt-3">
            <Notice tone="bad" title="It breaks, and is read up to there">
              <ul>
                {[...new Set(reading.errors)].map((error) => (
                  <li key={error} className="wrap-anywhere">
                    {capital(error)}.
                  </li>
                ))}
              </ul>
            </Notice>
          </div>
        ) : null}
      </div>
      <Tabs label="Result" tabs={tabs} selected={tab} onSelect={select} />
    </>
  )
}

function Parts({ parts }: { parts: readonly Part[] }) {
  const [most, setMost] = useState(step)
  const [first] = parts
  const bytes = first?.as === 'text' ? undefined : first?.bytes
  return (
    <div className="space-y-6">
      {parts.slice(0, most).map((part, at) => (
        <DecodedPart
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text do not move.
          key={at}
          part={part}
          heading="h3"
          hint={at === 0 ? 'Point at a field, and its bytes light up.' : undefined}
        />
      ))}
      {parts.length > most ? (
        <button
          type="button"
          onClick={() => setMost(most + step)}
          className="cursor-pointer font-medium text-[13px] text-accent hover:underline"
        >
          Show {Math.min(step, parts.length - most)} more of {parts.length - most}
        </button>
      ) : null}
      {parts.length === 1 && first?.forms ? (
        <p className="flex flex-wrap items-center gap-2 text-[13px] text-soft">
          The same key as
          {first.forms.map(({ name, text }) => (
            <Written key={name} name={name} text={text} />
          ))}
        </p>
      ) : null}
      {parts.length === 1 && bytes?.length ? (
        <p className="flex flex-wrap items-center gap-2 text-[13px] text-soft">
          The same bytes in
          <Written name="hex" text={toHex(bytes)} />
          <Written name="base64url" text={toBase64url(bytes)} />
        </p>
      ) : null}
    </div>
  )
}

function Written({ name, text }: { name: string; text: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      {name}
      <CopyButton text={text} label={`Copy as ${name}`} />
    </span>
  )
}

function called({ name, written }: Reading): string {
  return `${name} in ${written}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
