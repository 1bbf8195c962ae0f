import { useState } from 'react'
import { fromBase64url } from '#lib/webauthn/decode/bytes.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Mistake, textOfMistake } from '../mistake.ts'
import { base64urlOf, type Notation, notations, readableNotation, writtenBytes } from './bytes-text.ts'
import { FrameUnit, TextFrame } from './text-frame.tsx'
import { useDraft } from './use-draft.ts'

interface BytesInputProps {
  id: string
  label?: string | undefined
  describedBy?: string | undefined
  before?: string
  /** Base64url; undefined is unset, a mistake is written wrong. */
  value: unknown
  placeholder?: string
  /** Why bytes cannot be taken; undefined for those that can. */
  refuse?: (length: number) => string | undefined
  onChange: (value: unknown) => void
}

/** Bytes, written as text, hex or base64url. How many they are is said beside them. */
export function BytesInput(props: BytesInputProps) {
  const { id, label, describedBy, before, value, placeholder = 'unset', refuse, onChange } = props
  const [chosen, choose] = useState<Notation>()
  const notation = chosen && writable(value, chosen) ? chosen : readableNotation(value)
  const [text, setText, wrong] = useDraft(
    value,
    (bytes) => textOfMistake(bytes) ?? (typeof bytes === 'string' ? (writtenBytes(bytes, notation) ?? bytes) : ''),
    (written) => {
      if (!written) return undefined
      const read = base64urlOf(written, notation)
      if (read === undefined) return new Mistake(`It is not ${notation}.`, written)
      const why = refuse?.(fromBase64url(read)?.length ?? 0)
      return why ? new Mistake(why, read) : read
    },
    onChange,
  )
  const length = typeof value === 'string' ? fromBase64url(value)?.length : undefined
  return (
    <TextFrame
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      invalid={wrong || (typeof value === 'string' && length === undefined)}
      placeholder={placeholder}
      value={text}
      onChange={(event) => setText(event.target.value)}
      before={before ? <span className="shrink-0 pl-2.5 text-[12px] text-faint">{before}</span> : null}
      after={
        <>
          {length === undefined ? null : <FrameUnit>{length === 1 ? '1 byte' : `${length} bytes`}</FrameUnit>}
          <span className="relative shrink-0 self-stretch border-line border-l">
            <select
              aria-label={`Notation of ${label ?? 'the bytes'}`}
              value={notation}
              onChange={(event) => {
                const next = event.target.value as Notation
                choose(next)
                // What is written and no bytes yet is read anew.
                const read = wrong ? base64urlOf(text, next) : undefined
                if (read !== undefined) onChange(read || undefined)
              }}
              className="h-full cursor-pointer appearance-none bg-card pr-6 pl-2 text-[12px] text-soft"
            >
              {notations.map((each) => (
                <option key={each} value={each} disabled={!writable(value, each)}>
                  {each}
                </option>
              ))}
            </select>
            <span className="pointer-events-none absolute inset-y-0 right-2 grid place-items-center text-soft">
              <Icon name="chevron" className="size-3" />
            </span>
          </span>
        </>
      }
    />
  )
}

function writable(value: unknown, notation: Notation): boolean {
  return typeof value !== 'string' || writtenBytes(value, notation) !== undefined
}
