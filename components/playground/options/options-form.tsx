import { type CeremonyKind, optionsOf, type WebAuthnOption } from '#lib/webauthn/options.ts'
import { hasControl, OptionField } from './option-field.tsx'
import { type Choices, extensionsIn } from './option-values.ts'

interface OptionsFormProps {
  choices: Choices
  onChoose: (ceremony: CeremonyKind, path: string, value: unknown) => void
  /** Every extension of a ceremony at once. */
  onExtensions: (ceremony: CeremonyKind, inputs: unknown) => void
}

const groups = [
  { ceremony: 'registration', title: 'Registration', call: 'navigator.credentials.create' },
  { ceremony: 'authentication', title: 'Authentication', call: 'navigator.credentials.get' },
] as const

/** All extensions of a ceremony, as one text. */
const extensions: WebAuthnOption = {
  path: 'extensions',
  ceremonies: ['registration', 'authentication'],
  kind: 'extension',
  title: 'Extensions',
  note: 'Extension inputs, as JSON.',
  whenUnset: 'none',
  spec: 'https://www.w3.org/TR/webauthn-3/#sctn-defined-extensions',
}

/** The id of an option's control. */
export function optionId(ceremony: CeremonyKind, path: string): string {
  return `${ceremony}-${path.replace('.', '-')}`
}

/** Every option of both ceremonies, made from the catalogue: a new entry there is a new field here. */
export function OptionsForm({ choices, onChoose, onExtensions }: OptionsFormProps) {
  return (
    <div className="mt-3 space-y-6">
      {groups.map(({ ceremony, title, call }) => (
        <fieldset key={ceremony} className="min-w-0">
          <legend className="w-full border-line border-b pb-1.5 font-semibold text-[14px]">
            {title} <span className="ml-1 font-mono font-normal text-[12px] text-faint">{call}</span>
          </legend>
          <div className="space-y-4 pt-3">
            {optionsOf(ceremony)
              .filter((option) => hasControl(option) && option.kind !== 'extension')
              .map((option) => (
                <OptionField
                  key={option.path}
                  id={optionId(ceremony, option.path)}
                  option={option}
                  value={choices[ceremony][option.path]}
                  onChange={(value) => onChoose(ceremony, option.path, value)}
                />
              ))}
            <OptionField
              id={optionId(ceremony, extensions.path)}
              option={extensions}
              value={extensionsIn(choices[ceremony])}
              onChange={(inputs) => onExtensions(ceremony, inputs)}
            />
          </div>
        </fieldset>
      ))}
    </div>
  )
}
