import type { ComponentType } from 'react'
import type { WebAuthnOption } from '#lib/webauthn/options.ts'
import { Icon } from '../../ui/icon.tsx'
import { OptionChoice } from './option-choice.tsx'
import { mistakeId, type OptionControlProps } from './option-control.ts'
import { OptionCredentials } from './option-credentials.tsx'
import { OptionExtensions } from './option-extensions.tsx'
import { OptionList } from './option-list.tsx'
import { OptionMilliseconds } from './option-milliseconds.tsx'
import { Mistake } from './option-mistake.ts'
import { useVerified } from './verified-algorithms.tsx'

const controls: Partial<Record<WebAuthnOption['kind'], ComponentType<OptionControlProps>>> = {
  choice: OptionChoice,
  list: OptionList,
  algorithms: OptionList,
  milliseconds: OptionMilliseconds,
  credentials: OptionCredentials,
  extension: OptionExtensions,
}

/** Whether there is a control for an option. */
export function hasControl({ kind }: WebAuthnOption): boolean {
  return kind in controls
}

/** What fits into a closed select; what is longer is said below it. */
const room = 40

/** One WebAuthn option: its plain title, its name in the specification, its control and what it does. */
export function OptionField(props: OptionControlProps) {
  const { id, value } = props
  const option = useVerified(props.option)
  const Control = controls[option.kind]
  const name = option.path.split('.').at(-1)
  return (
    <div data-option={id}>
      <div className="mb-1 flex flex-wrap items-baseline justify-between gap-x-2 text-[13px]">
        <label id={`${id}-label`} htmlFor={id} className="font-semibold">
          {option.title}
        </label>
        <a
          href={option.spec}
          target="_blank"
          rel="noreferrer"
          title={`${option.path} in the specification`}
          className="inline-flex min-h-6 items-center gap-0.5 font-mono text-[12px] text-faint hover:text-ink"
        >
          {name}
          <Icon name="outward" className="size-3" />
        </a>
      </div>
      {Control ? <Control {...props} option={option} /> : null}
      {value instanceof Mistake ? (
        <p id={mistakeId(id, value)} className="mt-1 text-[12.5px] text-bad wrap-anywhere">
          {value.words} Not sent until it is right.
        </p>
      ) : null}
      <p id={`${id}-note`} className="mt-1 text-[12.5px] text-soft leading-[1.45]">
        {option.note} <span className="text-faint">{unsaid(option, value)}</span>
      </p>
    </div>
  )
}

/** What the value, or its absence, means, where the control itself has no room for it. */
function unsaid({ kind, values, whenUnset }: WebAuthnOption, value: unknown): string {
  const select = kind === 'choice' || kind === 'credentials'
  if (value === undefined) return select && whenUnset.length < room - 'unset: '.length ? '' : `Unset: ${whenUnset}.`
  const note = kind === 'choice' ? values?.find((each) => each.value === value)?.note : undefined
  return note && `${value}: ${note}`.length > room ? `Set: ${note}.` : ''
}
