import type { Part } from '#lib/webauthn/decode/part.ts'
import { CodeBlock } from './code-block.tsx'
import { CopyButton } from './copy-button.tsx'
import { DecodedTree } from './decoded-tree.tsx'

interface Props {
  part: Part
  /** Nothing stands beside it: its name is for assistive technology only. */
  alone?: boolean
  /** What to say while nothing is lit. */
  hint?: string | undefined
  heading?: 'h3' | 'h4'
}

/** A structure: its name, what is wrong with it, and its tree under its bytes. */
export function DecodedPart({ part, alone = false, hint, heading: Heading = 'h4' }: Props) {
  const { title, note, node, bytes, as, copy, errors, diagnostic } = part
  return (
    <section aria-label={title}>
      <div className={alone ? 'sr-only' : 'mb-1.5 flex items-end justify-between gap-4'}>
        <Heading className="min-w-0 font-semibold text-[13px]">
          <span className="font-mono wrap-anywhere">{title}</span>{' '}
          {bytes && (
            <span className="whitespace-nowrap font-normal text-faint tabular-nums">
              {bytes.length.toLocaleString('en')} bytes
            </span>
          )}
          {note && <span className="block font-normal text-soft">{note}</span>}
        </Heading>
        {!alone && <CopyButton text={copy} label={`Copy ${title}`} />}
      </div>
      {errors && errors.length > 0 && (
        <ul className="mb-2 rounded-lg bg-bad-wash px-3 py-2 text-[13px] text-bad">
          {errors.map((error) => (
            <li key={error} className="wrap-anywhere">
              {error}
            </li>
          ))}
        </ul>
      )}
      <DecodedTree node={node} label={title} bytes={bytes} as={as} hint={hint} />
      {diagnostic && (
        <div className="mt-3">
          <p className="mb-1.5 text-[13px] text-soft">In diagnostic notation (RFC 8949 §8)</p>
          <CodeBlock code={diagnostic} label={`${title} in diagnostic notation`} />
        </div>
      )}
    </section>
  )
}
