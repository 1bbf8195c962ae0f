'use client'

import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { apiKeyPattern } from '#lib/contract/api-key-format.ts'
import { loadByteKinds } from '#lib/webauthn/decode/byte-kinds.ts'
import { type Reading, recognise } from '#lib/webauthn/decode/recognise.ts'
import { DecodeEmpty } from './decode-empty.tsx'
import { DecodeInput } from './decode-input.tsx'
import { DecodeResult } from './decode-result.tsx'
import { fromFragment } from './fragment.ts'

/** One box that takes anything of WebAuthn, and what it is beside it. All of it happens in the page. */
export function Decode() {
  const [text, setText] = useState('')
  const [broken, setBroken] = useState(false)
  const read = useDeferredValue(text)
  const { readings, refused } = useMemo(() => readingsOf(read), [read])

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
        {readings.length > 0 ? (
          <DecodeResult key={readings[0]?.kind} readings={readings} />
        ) : (
          <DecodeEmpty refused={refused} />
        )}
      </section>
    </div>
  )
}

/** What a text is, or why it is not read. A key of this server's is written in letters that could be bytes, and is none. */
function readingsOf(text: string): { readings: readonly Reading[]; refused?: { title: string; why: string } } {
  if (apiKeyPattern.test(text.trim())) {
    const why =
      'It is a secret, and there is nothing in it to decode. It was read in this page alone; the Playground takes it.'
    return { readings: [], refused: { title: 'That is an API key', why } }
  }
  const { readings, refused } = recognise(text)
  return { readings, ...(refused ? { refused: { title: 'That is too much to read at once', why: refused } } : {}) }
}
