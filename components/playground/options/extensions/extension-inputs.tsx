import type { WebAuthnOption } from '#lib/webauthn/options.ts'
import { BytesInput } from '../controls/bytes-input.tsx'
import { Segmented } from '../controls/segmented.tsx'
import { TextFrame } from '../controls/text-frame.tsx'
import { useDraft } from '../controls/use-draft.ts'
import { Mistake, textOfMistake } from '../mistake.ts'
import { LargeBlobInputs } from './large-blob-inputs.tsx'
import { PrfInputs } from './prf-inputs.tsx'

export interface ExtensionInputsProps {
  id: string
  /** What it is called among all others: “prf of the registration”. */
  label: string
  option: WebAuthnOption
  registers: boolean
  value: unknown
  onChange: (value: unknown) => void
}

/** What an extension takes; nothing for one that is only switched on. */
export function ExtensionInputs(props: ExtensionInputsProps) {
  const { id, label, option, registers, value, onChange } = props
  switch (option.input) {
    case 'prf':
      return <PrfInputs id={id} label={label} value={value} byCredential={!registers} onChange={onChange} />
    case 'largeBlob':
      return <LargeBlobInputs id={id} label={label} value={value} registers={registers} onChange={onChange} />
    case 'bytes':
      return <BytesInput id={id} label={label} describedBy={`${id}-error`} value={value} onChange={onChange} />
    case 'text':
      return <TextInput {...props} />
    case 'choice':
      return <ChoiceInput {...props} />
    default:
      return null
  }
}

function TextInput({ id, label, value, onChange }: ExtensionInputsProps) {
  const [text, setText, wrong] = useDraft(
    value,
    (written) => textOfMistake(written) ?? (typeof written === 'string' ? written : JSON.stringify(written)),
    (written) => (written === '' ? new Mistake('Nothing is written: switch it off to leave it out.', '') : written),
    onChange,
  )
  return (
    <TextFrame
      id={id}
      aria-label={label}
      aria-describedby={`${id}-error`}
      invalid={wrong}
      value={text}
      onChange={({ target }) => setText(target.value)}
    />
  )
}

function ChoiceInput({ id, label, option, value, onChange }: ExtensionInputsProps) {
  return (
    <>
      <span id={`${id}-label`} className="sr-only">
        {label}
      </span>
      <Segmented
        id={id}
        labelledBy={`${id}-label`}
        choices={(option.values ?? []).map((each) => ({ value: String(each.value), title: each.note }))}
        selected={option.values?.some((each) => each.value === value) ? String(value) : undefined}
        invalid={value instanceof Mistake}
        onSelect={(chosen) => onChange(chosen || undefined)}
      />
    </>
  )
}
