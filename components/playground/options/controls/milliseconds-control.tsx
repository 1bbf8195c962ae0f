import { textOfMistake } from '../mistake.ts'
import { millisecondsOf } from './milliseconds.ts'
import { describedBy, type OptionControlProps } from './option-control.ts'
import { FrameUnit, TextFrame } from './text-frame.tsx'
import { useDraft } from './use-draft.ts'

/** A number of milliseconds; an empty field is unset. */
export function MillisecondsControl({ id, option, value, onChange }: OptionControlProps) {
  const [text, setText, wrong] = useDraft(
    value,
    (number) => textOfMistake(number) ?? (number === undefined ? '' : String(number)),
    millisecondsOf,
    onChange,
  )
  return (
    <TextFrame
      id={id}
      inputMode="numeric"
      placeholder={`unset: ${option.whenUnset}`}
      aria-describedby={describedBy(id, value)}
      invalid={wrong}
      value={text}
      onChange={({ target }) => setText(target.value)}
      after={<FrameUnit>ms</FrameUnit>}
    />
  )
}
