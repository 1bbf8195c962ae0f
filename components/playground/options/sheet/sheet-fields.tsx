import { type CeremonyKind, optionsOf } from '#lib/webauthn/options.ts'
import { type FieldKind, OptionField } from '../controls/option-field.tsx'
import { optionId } from '../option-id.ts'
import type { OptionValues } from '../option-values.ts'

const heads = {
  registration: { title: 'Registration', call: 'credentials.create' },
  authentication: { title: 'Authentication', call: 'credentials.get' },
} as const

interface SheetFieldsProps {
  ceremony: CeremonyKind
  values: OptionValues
  onChoose: (ceremony: CeremonyKind, path: string, value: unknown) => void
}

/** A ceremony’s options but its extensions, made from the catalogue: a new entry there is a new field here. */
export function SheetFields({ ceremony, values, onChoose }: SheetFieldsProps) {
  const { title, call } = heads[ceremony]
  return (
    <fieldset className="min-w-0 border-line px-4.5 pt-3 pb-2 max-lg:px-4 xl:first:border-r">
      <legend className="contents">
        <span className="flex items-baseline gap-2 border-line border-b pb-2 font-semibold text-[14px]">
          {title}{' '}
          <span aria-hidden="true" className="font-mono font-normal text-[12px] text-faint">
            {call}
          </span>
        </span>
      </legend>
      {optionsOf(ceremony).map((option) =>
        option.kind === 'extension' ? null : (
          <OptionField
            key={option.path}
            kind={option.kind as FieldKind}
            id={optionId(ceremony, option.path)}
            option={option}
            value={values[option.path]}
            onChange={(value) => onChoose(ceremony, option.path, value)}
          />
        ),
      )}
    </fieldset>
  )
}
