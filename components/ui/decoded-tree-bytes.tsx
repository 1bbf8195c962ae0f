'use client'

import { useEffect, useRef } from 'react'
import { toHex } from '#lib/webauthn/decode/bytes.ts'
import type { ByteRun } from './decoded-tree-rows.ts'

interface Props {
  bytes: Uint8Array
  runs: readonly ByteRun[]
  label: string
  /** Show the characters, where the bytes are text. */
  as: 'hex' | 'text'
  lit: readonly [from: number, to: number] | undefined
  onLight: (path: string | undefined) => void
}

/** A structure's bytes, coloured by field; the lit ones stand out and scroll into sight inside their own box. */
export function TreeBytes({ bytes, runs, label, as, lit, onLight }: Props) {
  const box = useRef<HTMLElement>(null)

  useEffect(() => {
    const first = lit && box.current?.querySelector<HTMLElement>(`[data-from="${lit[0]}"]`)
    if (!first || !box.current) return
    const { scrollTop, clientHeight } = box.current
    if (first.offsetTop < scrollTop || first.offsetTop + 20 > scrollTop + clientHeight)
      box.current.scrollTop = first.offsetTop - 14
  }, [lit])

  return (
    <section
      ref={box}
      aria-label={`${label}, bytes`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      className="relative max-h-28 sm:max-h-40 overflow-y-auto rounded-xl bg-sunk p-3.5 font-mono text-[13px] leading-[1.65] break-all"
    >
      {runs.map(({ from, to, tone, path }) => {
        const on = lit && lit[0] <= from && to <= lit[1]
        return (
          <span
            key={from}
            data-from={from}
            className={`rounded-[3px] transition-colors ${on ? 'bg-accent text-accent-ink' : (tone ?? 'text-faint')} ${as === 'hex' ? 'mr-1.5' : ''}`}
            onPointerEnter={() => onLight(path)}
            onPointerLeave={() => onLight(undefined)}
          >
            {as === 'hex' ? toHex(bytes.subarray(from, to)) : new TextDecoder().decode(bytes.subarray(from, to))}
          </span>
        )
      })}
    </section>
  )
}
