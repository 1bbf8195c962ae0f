import { Mistake, textOfMistake } from '../mistake.ts'
import { readOption } from '../option-read.ts'
import { describedBy, type OptionControlProps } from './option-control.ts'
import { TextFrame } from './text-frame.tsx'
import { useDraft } from './use-draft.ts'

/** A domain that is never this page’s, nor anybody’s. */
export const wrongRpId = 'wrong.example'

/** An RP ID. An empty field is unset; a button fills in one that the browser refuses. */
export function TextControl({ id, option, value, onChange }: OptionControlProps) {
  const [text, setText, wrong] = useDraft(
    value,
    (written) => textOfMistake(written) ?? (written === undefined ? '' : String(written)),
    (written) => (written === '' ? undefined : readOption(option, written)),
    onChange,
  )
  const words = value instanceof Mistake || typeof value !== 'string' ? undefined : placeOf(value, location.hostname)
  return (
    <>
      <TextFrame
        id={id}
        placeholder="unset"
        aria-describedby={`${describedBy(id, value)} ${id}-place`}
        invalid={wrong}
        value={text}
        onChange={({ target }) => setText(target.value)}
        after={
          <button
            type="button"
            onClick={() => setText(wrongRpId)}
            className="shrink-0 cursor-pointer self-stretch whitespace-nowrap px-2.5 text-[12px] text-soft hover:text-ink"
          >
            wrong on purpose?<span className="sr-only"> {option.path}</span>
          </button>
        }
      />
      <p id={`${id}-place`} className={words ? 'mt-1 text-[12.5px] text-soft' : 'sr-only'}>
        {words}
      </p>
    </>
  )
}

/** What an RP ID is to the host that asks for it. */
export function placeOf(rpId: string, host: string): string {
  if (rpId === host) return 'This page’s own host: good for it and for what stands under it.'
  if (host.endsWith(`.${rpId}`)) {
    return `A suffix of ${host}, which is permitted: its passkeys are good for every host under ${rpId}.`
  }
  return `Neither ${host} nor a suffix of it: the browser refuses, but where ${rpId} lists this origin as related.`
}
