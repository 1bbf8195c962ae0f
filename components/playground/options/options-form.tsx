import { type CeremonyKind, optionsOf } from '#lib/webauthn/options.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { OptionField } from './option-field.tsx'
import type { Choices } from './option-values.ts'

interface OptionsFormProps {
  choices: Choices
  onChoose: (ceremony: CeremonyKind, path: string, value: unknown) => void
  onAutofill: (autofill: boolean) => void
}

const groups = [
  { ceremony: 'registration', title: 'Registration', call: 'navigator.credentials.create' },
  { ceremony: 'authentication', title: 'Authentication', call: 'navigator.credentials.get' },
] as const

/** The id of an option's control. */
export function optionId(ceremony: CeremonyKind, path: string): string {
  return `${ceremony}-${path.replace('.', '-')}`
}

/** Every option of both ceremonies, made from the catalogue: a new entry there is a new field here. */
export function OptionsForm({ choices, onChoose, onAutofill }: OptionsFormProps) {
  return (
    <div className="mt-3 space-y-6">
      {groups.map(({ ceremony, title, call }) => (
        <fieldset key={ceremony} className="min-w-0">
          <legend className="w-full border-line border-b pb-1.5 font-semibold text-[14px]">
            {title} <span className="ml-1 font-mono font-normal text-[12px] text-faint">{call}</span>
          </legend>
          <div className="space-y-4 pt-3">
            {optionsOf(ceremony).map((option) => (
              <OptionField
                key={option.path}
                id={optionId(ceremony, option.path)}
                option={option}
                value={choices[ceremony][option.path]}
                onChange={(value) => onChoose(ceremony, option.path, value)}
              />
            ))}
            {ceremony === 'authentication' ? (
              <Checkbox
                label={<span className="font-semibold text-[13px]">Conditional mediation</span>}
                note="The name field offers passkeys as one types."
                checked={choices.autofill}
                onToggle={onAutofill}
              />
            ) : null}
          </div>
        </fieldset>
      ))}
    </div>
  )
}
