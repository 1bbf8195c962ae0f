import { unknownMembers } from '#lib/webauthn/lint/member-rules.ts'
import { type CeremonyKind, optionAt, optionsOf, type WebAuthnOption } from '#lib/webauthn/options.ts'
import { Button } from '../../../ui/button.tsx'
import { ExtensionInputs } from '../extensions/extension-inputs.tsx'
import { ExtensionRow } from '../extensions/extension-row.tsx'
import { wholeText } from '../json/options-json.ts'
import { Mistake } from '../mistake.ts'
import { optionId } from '../option-id.ts'
import { readOption } from '../option-read.ts'
import type { Choices } from '../option-values.ts'

interface SheetExtensionsProps {
  choices: Choices
  onChoose: (ceremony: CeremonyKind, path: string, value: unknown) => void
}

const ofCeremony = { registration: 'of the registration', authentication: 'of the sign-in' } as const

/** One switch for each extension of each ceremony: off is unset, and not sent. What nobody here knows stands below. */
export function SheetExtensions({ choices, onChoose }: SheetExtensionsProps) {
  const sent = (['registration', 'authentication'] as const).reduce(
    (sum, ceremony) => sum + Object.keys(choices[ceremony]).filter((path) => path.startsWith('extensions.')).length,
    0,
  )
  return (
    <section aria-label="Extensions" className="border-line border-t px-4.5 pt-3 pb-4 max-lg:px-4">
      <h3 className="border-line border-b pb-2 font-semibold text-[14px]">
        Extensions <span className="ml-1 font-normal text-[12.5px] text-faint">{sent} sent</span>
      </h3>
      <div className="gap-x-9 xl:grid xl:grid-cols-2">
        {(['registration', 'authentication'] as const).map((ceremony) => (
          <div key={ceremony}>
            <h4 className="pt-2 pb-0.5 text-[12.5px] text-soft">
              {ceremony === 'registration' ? 'At registration' : 'At sign-in'}
            </h4>
            <ul data-option={optionId(ceremony, 'extensions')}>
              {optionsOf(ceremony).map((option) =>
                option.kind === 'extension' ? (
                  <KnownExtension
                    key={option.path}
                    ceremony={ceremony}
                    option={option}
                    value={choices[ceremony][option.path]}
                    onChange={(value) => onChoose(ceremony, option.path, value)}
                  />
                ) : null,
              )}
              {unknownMembers(ceremony, choices).map((path) =>
                path === wholeText ? null : (
                  <Unknown
                    key={path}
                    ceremony={ceremony}
                    path={path}
                    value={choices[ceremony][path]}
                    onRemove={() => onChoose(ceremony, path, undefined)}
                  />
                ),
              )}
            </ul>
          </div>
        ))}
      </div>
    </section>
  )
}

/** What an extension takes when it is switched on. */
function firstInput({ input, values }: WebAuthnOption, ceremony: CeremonyKind): unknown {
  switch (input) {
    case 'prf':
      return ceremony === 'registration' ? {} : { eval: { first: 'cGxheWdyb3VuZA' } }
    case 'largeBlob':
      return ceremony === 'registration' ? { support: 'preferred' } : { read: true }
    case 'bytes':
      return 'Ymxvcg'
    case 'text':
      return location.origin
    case 'choice':
      return values?.at(-1)?.value
    default:
      return true
  }
}

interface KnownExtensionProps {
  ceremony: CeremonyKind
  option: WebAuthnOption
  value: unknown
  onChange: (value: unknown) => void
}

function KnownExtension({ ceremony, option, value, onChange }: KnownExtensionProps) {
  const id = optionId(ceremony, option.path)
  const name = option.path.slice(option.path.indexOf('.') + 1)
  const of = ofCeremony[ceremony]
  const on = value !== undefined
  return (
    <ExtensionRow
      id={id}
      name={name}
      note={option.note}
      of={of}
      on={on}
      mistake={value}
      onToggle={(next) => onChange(next ? firstInput(option, ceremony) : undefined)}
    >
      {option.input === 'flag' ? null : (
        <ExtensionInputs
          id={`${id}-input`}
          label={`${name} ${of}`}
          option={option}
          registers={ceremony === 'registration'}
          value={value}
          onChange={(next) => onChange(next === undefined || next instanceof Mistake ? next : readOption(option, next))}
        />
      )}
    </ExtensionRow>
  )
}

function Unknown(props: { ceremony: CeremonyKind; path: string; value: unknown; onRemove: () => void }) {
  const { ceremony, path, value, onRemove } = props
  const name = path.replace(/^extensions\./, '')
  return (
    <ExtensionRow
      id={optionId(ceremony, path)}
      name={name}
      note={optionAt(path) ? 'for the other ceremony, sent as it is' : 'unknown, sent as it is'}
      of={ofCeremony[ceremony]}
      on
      mistake={value}
      onToggle={onRemove}
      aside={
        <Button look="quiet" onClick={onRemove}>
          Remove
          <span className="sr-only">
            {' '}
            {path} {ofCeremony[ceremony]}
          </span>
        </Button>
      }
    />
  )
}
