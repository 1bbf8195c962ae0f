'use client'

import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { loadByteKinds } from '#lib/webauthn/decode/byte-kinds.ts'
import { recognise } from '#lib/webauthn/decode/recognise.ts'
import { DecodeEmpty } from './decode-empty.tsx'
import { DecodeInput } from './decode-input.tsx'
import { DecodeResult } from './decode-result.tsx'
import { fromFragment } from './fragment.ts'

/** One box that takes anything of WebAuthn, and what it is beside it. All of it happens in the page. */
export function Decode() {
  const [text, setText] = useState('')
  const [broken, setBroken] = useState(false)
  const read = useDeferredValue(text)
  const recognised = useMemo(() => recognise(read), [read])

  useEffect(() => {
    // After what the page is drawn with.
    const bring = () => void loadByteKinds().catch(() => {})
    if (document.readyState === 'complete') bring()
    else addEventListener('load', bring, { once: true })
    const open = async () => {
      const shared = await fromFragment(window.location.hash)
      setBroken(shared === null)
      if (typeof shared === 'string') setText(shared)
    }
    open()
    window.addEventListener('hashchange', open)
    return () => window.removeEventListener('hashchange', open)
  }, [])

  function enter(next: string) {
    setBroken(false)
    setText(next)
  }

  return (
    <div className="mx-auto grid max-w-[1400px] items-start gap-4 px-4 py-4 lg:grid-cols-[minmax(0,400px)_minmax(0,1fr)] lg:gap-6 lg:px-6 lg:py-5">
      <DecodeInput text={text} broken={broken} onEnter={enter} />
      <section
        aria-label="Result"
        data-testid="decode-result"
        className="min-w-0 rounded-card border border-line bg-card shadow-lift"
      >
        {recognised.readings.length > 0 ? (
          <DecodeResult key={recognised.readings[0]?.kind} readings={recognised.readings} />
        ) : (
          <DecodeEmpty refused={recognised.refused} />
        )}
      </section>
    </div>
  )
}
