'use client'

import { useId, useLayoutEffect, useMemo, useRef } from 'react'
import { type JsonScan, type JsonToken, lineAt, longestJson, scanJson } from './json-scan.ts'

/** How a line is marked, by its number from 1. */
export type LineMarks = ReadonlyMap<number, 'error' | 'warning'>

interface JsonEditorProps {
  label: string
  text: string
  marks: LineMarks
  /** Why the text as a whole cannot be taken; read with the field. */
  error?: string | undefined
  onText: (text: string) => void
}

const looks: Readonly<Record<JsonToken['kind'], string>> = {
  name: 'text-jwt-payload',
  text: 'text-jwt-signature',
  number: 'text-jwt-header',
  word: 'text-jwt-header',
  mark: '',
  wrong: 'text-bad underline decoration-wavy',
}

const washes = { error: 'bg-bad-wash', warning: 'bg-warn-wash' } as const

/** A plain text field over a layer that has its colours and its lines’ numbers. The field keeps its place when the text changes under it. */
export function JsonEditor({ label, text, marks, error, onText }: JsonEditorProps) {
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const caret = useRef<{ start: number; end: number } | undefined>(undefined)
  const lines = useMemo(() => linesOf(text, scanJson(text)), [text])

  // Text from elsewhere would put the caret at its end.
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each change of the text
  useLayoutEffect(() => {
    const at = caret.current
    if (!at || document.activeElement !== field.current) return
    if (field.current?.selectionStart !== at.start) field.current?.setSelectionRange(at.start, at.end)
  }, [text])

  const remember = () => {
    if (field.current) caret.current = { start: field.current.selectionStart, end: field.current.selectionEnd }
  }
  return (
    <div className="relative min-h-full py-2 font-mono text-[12.5px] leading-5">
      <div aria-hidden="true" className="wrap-anywhere whitespace-pre-wrap">
        {lines.map((pieces, at) => {
          const mark = marks.get(at + 1)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <div key={at} data-mark={mark} className={`flex min-h-5 pr-4 ${mark ? washes[mark] : ''}`}>
              <span className="w-9 shrink-0 select-none pr-2.5 text-right text-faint tabular-nums">{at + 1}</span>
              <span className="min-w-0 flex-1">
                {pieces.map(({ kind, text: piece, from }) => (
                  <span key={from} className={kind ? looks[kind] : ''}>
                    {piece}
                  </span>
                ))}
              </span>
            </div>
          )
        })}
      </div>
      <textarea
        ref={field}
        data-testid="options-json"
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        value={text}
        onSelect={remember}
        onChange={(event) => {
          remember()
          onText(event.target.value)
        }}
        className="absolute inset-0 block size-full resize-none overflow-hidden whitespace-pre-wrap wrap-anywhere bg-transparent py-2 pr-4 pl-9 text-transparent caret-ink outline-none selection:bg-accent/25 selection:text-transparent focus-visible:inset-ring-2 focus-visible:inset-ring-accent"
      />
      {error ? (
        <span id={`${id}-error`} className="sr-only">
          {error}
        </span>
      ) : null}
    </div>
  )
}

interface Piece {
  kind?: JsonToken['kind']
  text: string
  from: number
}

/** The text by lines, each in the pieces that look alike. No piece of JSON goes over a line’s end. */
function linesOf(text: string, { tokens, fault }: JsonScan): Piece[][] {
  // A piece for each line of a text of any length would hold the page.
  if (text.length > longestJson) return [[{ text, from: 0 }]]
  const lines: Piece[][] = [[]]
  let at = 0
  const plain = (to: number) => {
    for (const [index, part] of text.slice(at, to).split('\n').entries()) {
      if (index) lines.push([])
      if (part) lines.at(-1)?.push({ text: part, from: at })
      at += part.length + 1
    }
    at = to
  }
  for (const { kind, from, to } of tokens) {
    plain(from)
    const wrong = fault && fault.at >= from && fault.at < to
    lines.at(-1)?.push({ kind: wrong ? 'wrong' : kind, text: text.slice(from, to), from })
    at = to
  }
  plain(text.length)
  return lines
}

/** The line on which a text stops being JSON, and why; undefined while it is JSON. */
export function faultOf(text: string): { line: number; words: string } | undefined {
  const { fault } = scanJson(text)
  return fault && { line: lineAt(text, fault.at), words: fault.words }
}
