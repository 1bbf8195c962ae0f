import type { Ref } from 'react'
import type { LintContext } from '#lib/webauthn/lint/rule.ts'
import { Button } from '../../ui/button.tsx'
import { ChipChoice } from '../../ui/chip.tsx'
import { Icon } from '../../ui/icon.tsx'
import { type Choices, countMistakes, countSet } from './option-values.ts'
import { presetOf, presets } from './presets.ts'
import { useLint } from './use-lint.ts'

interface OptionsPanelProps {
  choices: Choices
  context: LintContext
  /** The sheet with every option is open. */
  open: boolean
  buttonRef: Ref<HTMLButtonElement>
  onOpen: () => void
  onChoose: (choices: Choices) => void
}

/** How the ceremonies are to run: a preset, and behind a button every option of WebAuthn. */
export function OptionsPanel({ choices, context, open, buttonRef, onOpen, onChoose }: OptionsPanelProps) {
  const preset = presetOf(choices)
  const mistakes = countMistakes(choices.registration) + countMistakes(choices.authentication)
  const findings = useLint(choices, context, preset === undefined)
  const errors = findings.filter(({ rule }) => rule.severity === 'error').length
  const warnings = findings.filter(({ rule }) => rule.severity === 'warning').length

  return (
    <div className="mt-4 border-line border-t pt-4">
      <div className="mb-2 flex items-baseline justify-between gap-3 text-[13px]">
        <span className="font-semibold">Options</span>
        {mistakes ? (
          <span className="font-medium text-bad tabular-nums">
            {mistakes === 1 ? '1 option has a mistake' : `${mistakes} options have mistakes`}
          </span>
        ) : (
          <span className="text-faint tabular-nums">
            {presets.find((each) => each.value === preset)?.label ?? 'Custom'}, {countSet(choices)} set
          </span>
        )}
      </div>
      <ChipChoice
        label="Preset"
        name="preset"
        choices={presets}
        selected={preset}
        onSelect={(value) => onChoose(presets.find((each) => each.value === value)?.choices ?? presets[0].choices)}
      />
      <div className="mt-2 flex flex-wrap items-center justify-between gap-x-3">
        <Button
          look="quiet"
          ref={buttonRef}
          aria-haspopup="dialog"
          aria-keyshortcuts="o"
          aria-expanded={open}
          aria-describedby={errors + warnings ? 'options-lint' : undefined}
          onClick={onOpen}
        >
          <Icon name="list" />
          Options
        </Button>
        {errors + warnings ? (
          <span id="options-lint" className={`text-[13px] ${errors ? 'text-bad' : 'text-warn'}`}>
            {[counted(errors, 'error'), counted(warnings, 'warning')].filter(Boolean).join(', ')}
          </span>
        ) : null}
      </div>
    </div>
  )
}

function counted(count: number, name: string): string {
  return count ? `${count} ${name}${count === 1 ? '' : 's'}` : ''
}
