import type { ReactNode } from 'react'
import { Checkbox } from '../ui/checkbox.tsx'
import { ChipChoice } from '../ui/chip.tsx'
import { presetOf } from './preset-of.ts'

export interface ScopeGroup<Scope extends string> {
  title: string
  scopes: readonly Scope[]
}

interface Props<Scope extends string> {
  legend: string
  note: ReactNode
  presets: readonly { value: string; label: string; scopes: readonly Scope[] }[]
  groups: readonly ScopeGroup<Scope>[]
  /** What a scope allows. */
  words: (scope: Scope) => ReactNode
  /** It cannot be chosen as things are; its words say why. */
  barred?: (scope: Scope) => boolean
  chosen: readonly Scope[]
  error: string | undefined
  onChoose: (scopes: readonly Scope[]) => void
  /** What is to be said about the choice, read out when it changes. */
  children?: ReactNode
}

/** What something may do: a preset, or scope by scope with a sentence each. */
export function ScopeChoice<Scope extends string>(props: Props<Scope>) {
  const { legend, note, presets, groups, words, barred, chosen, error, onChoose, children } = props
  return (
    <fieldset aria-describedby={error ? 'scopes-error' : 'scopes-note'}>
      <legend className="font-semibold text-[13px]">{legend}</legend>
      <p id="scopes-note" className="mb-2.5 text-pretty text-[13px] text-soft">
        {note}
      </p>
      <ChipChoice
        label="Presets"
        name="preset"
        choices={presets.map(({ value, label, scopes }) => ({ value, label, title: scopes.join(', ') }))}
        selected={presetOf(presets, chosen)}
        onSelect={(value) => onChoose(presets.find((preset) => preset.value === value)?.scopes ?? [])}
      />
      <div className="mt-4 gap-x-8 md:columns-2">
        {groups.map(({ title, scopes }) => (
          <fieldset key={title} className="mb-5 min-w-0 break-inside-avoid">
            <legend className="mb-1.5 w-full border-line border-b pb-1 text-[13px] text-faint">{title}</legend>
            <div className="space-y-2">
              {scopes.map((scope) => (
                <Checkbox
                  key={scope}
                  label={<span className="font-mono text-[13.5px]">{scope}</span>}
                  note={words(scope)}
                  checked={chosen.includes(scope)}
                  disabled={barred?.(scope) ?? false}
                  onToggle={(on) => onChoose(on ? [...chosen, scope] : chosen.filter((each) => each !== scope))}
                />
              ))}
            </div>
          </fieldset>
        ))}
      </div>
      {error ? (
        <p id="scopes-error" className="mt-2.5 text-[13px] text-bad">
          {error}
        </p>
      ) : null}
      <div aria-live="polite" className="*:mt-3">
        {children}
      </div>
    </fieldset>
  )
}
