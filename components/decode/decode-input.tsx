'use client'

import { type DragEvent, useEffect, useId, useState } from 'react'
import { toBase64url } from '#lib/webauthn/decode/bytes.ts'
import { longestText } from '#lib/webauthn/decode/recognise.ts'
import { Button } from '../ui/button.tsx'
import { DecodeShare } from './decode-share.tsx'
import { exampleNames } from './example-names.ts'
import type { Example } from './examples.ts'

// Thousands of letters that nobody needs to see the page.
const loadExamples = () => import('./examples.ts')

interface Props {
  text: string
  /** The link that led here holds no text that can be read. */
  broken: boolean
  onEnter: (text: string) => void
}

/** Where the text goes in: typed, pasted, dropped as a file, or one of the examples. */
export function DecodeInput({ text, broken, onEnter }: Props) {
  const id = useId()
  const [over, setOver] = useState(false)
  const [examples, setExamples] = useState<readonly Example[]>([])
  useEffect(() => {
    loadExamples().then(
      (loaded) => setExamples(loaded.examples),
      () => undefined,
    )
  }, [])

  async function show(name: string) {
    const loaded = await loadExamples()
    const example = loaded.examples.find((each) => each.name === name)
    if (example) onEnter(example.text)
  }

  async function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    const text = file ? await textOf(file) : event.dataTransfer.getData('text/plain')
    if (text) onEnter(text)
  }

  return (
    <div className="min-w-0 rounded-card border border-line bg-card p-4 shadow-lift sm:p-5 lg:sticky lg:top-4">
      <h1 className="font-semibold text-[17px]">Decode</h1>
      <div className="mt-2 mb-1.5 flex items-baseline justify-between gap-3 text-[13px]">
        <label htmlFor={id} className="font-semibold">
          Anything of WebAuthn
        </label>
        <span id={`${id}-hint`} className="text-faint">
          stays in this page
        </span>
      </div>
      <textarea
        id={id}
        data-testid="decode-input"
        aria-describedby={`${id}-hint${broken ? ` ${id}-error` : ''}`}
        aria-invalid={broken ? true : undefined}
        value={text}
        onChange={(event) => onEnter(event.target.value)}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        rows={11}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        placeholder={'Paste it here, or drop a file.\n\no2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVi…'}
        className={`block w-full resize-y break-all rounded-field border bg-card px-3 py-2.5 font-mono text-[13px] leading-[1.5] placeholder:text-faint ${over ? 'border-accent bg-accent-wash' : 'border-line-strong hover:border-faint'}`}
      />
      {broken ? (
        <p id={`${id}-error`} className="mt-1.5 text-[13px] text-bad">
          The link holds a text that cannot be read: it may have been cut. Ask for it again, or paste the text itself.
        </p>
      ) : null}
      <div className="mt-2.5 flex flex-wrap items-start gap-2">
        <DecodeShare text={text} />
        <label className="inline-flex cursor-pointer items-center rounded-lg border border-line-strong bg-card px-3 py-1 font-medium text-[13px] leading-5 transition-colors hover:border-faint hover:bg-sunk has-focus-visible:outline-2 has-focus-visible:outline-accent">
          Open a file
          <input
            type="file"
            className="sr-only"
            onChange={async (event) => {
              const [file] = event.target.files ?? []
              event.target.value = ''
              if (file) onEnter(await textOf(file))
            }}
          />
        </label>
        {text ? (
          <Button look="small" onClick={() => onEnter('')}>
            Clear
          </Button>
        ) : null}
      </div>
      <h2 className="mt-4 mb-1.5 font-semibold text-[13px]">Examples</h2>
      <ul className="flex flex-wrap gap-1.5">
        {exampleNames.map((name) => (
          <li key={name}>
            <button
              type="button"
              aria-pressed={text !== '' && examples.find((example) => example.name === name)?.text === text}
              onClick={() => show(name)}
              className="min-h-7 cursor-pointer rounded-full border border-line-strong px-[11px] py-0.5 text-[13px] text-soft transition-colors hover:border-faint hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent-wash aria-pressed:text-accent"
            >
              {name}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** A file as text; one that is no text, such as a certificate in DER, as its bytes in base64url. */
async function textOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, 2 * longestText).arrayBuffer())
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {
    // Bytes.
  }
  return toBase64url(bytes)
}
