import { Icon } from '../../../ui/icon.tsx'
import { Mistake } from '../mistake.ts'
import { useVerified } from '../verified-algorithms.tsx'
import { BytesControl } from './bytes-control.tsx'
import { ChoiceControl } from './choice-control.tsx'
import { CredentialsControl } from './credentials-control.tsx'
import { ListControl } from './list-control.tsx'
import { MillisecondsControl } from './milliseconds-control.tsx'
import type { OptionControlProps } from './option-control.ts'
import { TextControl } from './text-control.tsx'

const controls = {
  choice: ChoiceControl,
  list: ListControl,
  algorithms: ListControl,
  milliseconds: MillisecondsControl,
  credentials: CredentialsControl,
  text: TextControl,
  bytes: BytesControl,
} as const

/** The kinds that have one control; extensions have rows of their own. */
export type FieldKind = keyof typeof controls

/** One WebAuthn option: its plain title, its name in the specification, its control and what it does. */
export function OptionField({ kind, ...props }: OptionControlProps & { kind: FieldKind }) {
  const { id, value } = props
  const option = useVerified(props.option)
  const Control = controls[kind]
  const set = value !== undefined
  return (
    <div data-option={id} className="border-line/70 py-1.5 not-first:border-t">
      <div className="mb-1 flex min-w-0 flex-wrap items-baseline gap-x-2 text-[13px]">
        <label
          id={`${id}-label`}
          htmlFor={id}
          title={`${option.note} Unset: ${option.whenUnset}.`}
          className={`font-medium ${set ? '' : 'text-soft'}`}
        >
          {option.title}
        </label>
        <a
          href={option.spec}
          target="_blank"
          rel="noreferrer"
          title={`${option.path} in the specification`}
          className="inline-flex min-h-6 min-w-0 items-center gap-0.5 font-mono text-[11.5px] text-faint hover:text-ink"
        >
          {shortName(option.path)}
          <Icon name="outward" className="size-3" />
        </a>
      </div>
      <Control {...props} option={option} />
      {value instanceof Mistake ? (
        <p id={`${id}-error`} className="mt-1 text-[12.5px] text-bad wrap-anywhere">
          {value.words}
        </p>
      ) : null}
      <p id={`${id}-note`} className="sr-only">
        {option.note} Unset: {option.whenUnset}.
      </p>
    </div>
  )
}

function shortName(path: string): string {
  const [head, leaf] = path.split('.')
  return head === 'authenticatorSelection' ? `…${leaf}` : path
}
