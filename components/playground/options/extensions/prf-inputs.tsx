import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { BytesInput } from '../controls/bytes-input.tsx'
import { TextFrame } from '../controls/text-frame.tsx'
import { Mistake } from '../mistake.ts'
import { withoutMistakes } from './inner-mistake.ts'

interface PrfInputsProps {
  id: string
  label: string
  /** The extension's input: `{ eval: { first, second }, evalByCredential: { id: { first, second } } }`. */
  value: unknown
  /** Inputs for one credential alone are for sign-ins. */
  byCredential: boolean
  onChange: (value: unknown) => void
}

type Values = Readonly<Record<string, unknown>>

/** What a PRF is evaluated on: for whichever credential answers, and for one alone. */
export function PrfInputs({ id, label, value, byCredential, onChange }: PrfInputsProps) {
  const whole = dictionary(value instanceof Mistake ? value.written : value)
  const each = Object.entries(dictionary(whole.evalByCredential))
  const set = (name: string, inner: unknown) => {
    const { [name]: _, ...rest } = whole
    onChange(withoutMistakes('prf', inner === undefined ? rest : { ...rest, [name]: inner }))
  }
  const setEach = (entries: readonly (readonly [string, unknown])[]) =>
    set('evalByCredential', entries.length ? Object.fromEntries(entries) : undefined)
  return (
    <>
      <Pair
        id={id}
        label={`${label} eval`}
        values={dictionary(whole.eval)}
        onValues={(values) => set('eval', values)}
      />
      {each.map(([credential, values], at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the ID is what is being written
        <div key={at} className="space-y-1.5 border-line border-l-2 pl-2">
          <div className="flex items-center gap-1.5">
            <div className="min-w-0 flex-1">
              <TextFrame
                aria-label={`${label}: credential ${at + 1}`}
                placeholder="credential ID, base64url"
                value={credential}
                onChange={({ target }) =>
                  setEach(each.map((entry, index) => (index === at ? [target.value.trim(), values] : entry)))
                }
              />
            </div>
            <button
              type="button"
              aria-label={`Remove credential ${at + 1} from ${label}`}
              onClick={() => setEach(each.filter((_, index) => index !== at))}
              className="grid size-6 cursor-pointer place-items-center text-faint hover:text-ink"
            >
              <Icon name="cross" className="size-3" />
            </button>
          </div>
          <Pair
            id={`${id}-${at}`}
            label={`${label} of credential ${at + 1}`}
            values={dictionary(values)}
            onValues={(next) => setEach(each.map((entry, index) => (index === at ? [entry[0], next ?? {}] : entry)))}
          />
        </div>
      ))}
      {byCredential ? (
        <Button look="quiet" onClick={() => setEach([...each, ['', dictionary(whole.eval)]])}>
          Add inputs for one credential
        </Button>
      ) : null}
    </>
  )
}

function Pair(props: { id: string; label: string; values: Values; onValues: (values: Values | undefined) => void }) {
  const { id, label, values, onValues } = props
  const set = (name: string) => (value: unknown) => {
    const { [name]: _, ...rest } = values
    const next = value === undefined ? rest : { ...rest, [name]: value }
    onValues(Object.keys(next).length ? next : undefined)
  }
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,210px),1fr))] gap-1.5">
      {['first', 'second'].map((name) => (
        <BytesInput
          key={name}
          id={`${id}-${name}`}
          label={`${label}: ${name}`}
          before={name}
          value={values[name]}
          onChange={set(name)}
        />
      ))}
    </div>
  )
}

function dictionary(value: unknown): Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Mistake)
    ? (value as Values)
    : {}
}
