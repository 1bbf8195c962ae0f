import { useEffect, useRef, useState } from 'react'
import { type CeremonyKind, webAuthnOptions } from '#lib/webauthn/options.ts'
import { Button } from '../../ui/button.tsx'
import { ChipChoice } from '../../ui/chip.tsx'
import { Icon } from '../../ui/icon.tsx'
import { mistakesIn } from './option-mistake.ts'
import { type Choices, countSet, withExtensions, withOption } from './option-values.ts'
import { OptionsForm, optionId } from './options-form.tsx'
import { presetOf, presets } from './presets.ts'

const total = webAuthnOptions.reduce((sum, { ceremonies }) => sum + ceremonies.length, 0)

const focusable = 'select, input, textarea, button' as 'select'

interface OptionsPanelProps {
  choices: Choices
  /** The option that the focus is to go to; a new object each time. */
  sought: { ceremony: CeremonyKind; path: string } | undefined
  onChoose: (choices: Choices) => void
}

/** How the ceremonies are to run: a preset, and behind it every option of WebAuthn. */
export function OptionsPanel({ choices, sought, onChoose }: OptionsPanelProps) {
  const [resets, setResets] = useState(0)
  const details = useRef<HTMLDetailsElement>(null)
  const preset = presetOf(choices)
  const mistakes = [...mistakesIn('registration', choices), ...mistakesIn('authentication', choices)].length

  useEffect(() => {
    if (!sought || !details.current) return
    details.current.open = true
    const field = details.current.querySelector(`[data-option="${optionId(sought.ceremony, sought.path)}"]`)
    const control = field?.querySelector<HTMLElement>('[aria-invalid=true]') ?? field?.querySelector(focusable)
    control?.focus()
  }, [sought])

  function choose(ceremony: CeremonyKind, path: string, value: unknown) {
    onChoose({ ...choices, [ceremony]: withOption(choices[ceremony], path, value) })
  }

  function start(from: Choices) {
    onChoose(from)
    setResets(resets + 1)
  }

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
        onSelect={(value) => start(presets.find((each) => each.value === value)?.choices ?? presets[0].choices)}
      />
      <details ref={details} className="group mt-2">
        <summary
          aria-keyshortcuts="o"
          className="flex w-fit cursor-pointer list-none items-center gap-1 rounded-md py-1 font-medium text-[13px] text-accent underline-offset-4 hover:underline [&::-webkit-details-marker]:hidden"
        >
          All {total} options
          <Icon name="chevron" className="size-3.5 transition-transform group-open:rotate-180" />
        </summary>
        <OptionsForm
          key={resets}
          choices={choices}
          onChoose={choose}
          onExtensions={(ceremony, inputs) =>
            onChoose({ ...choices, [ceremony]: withExtensions(choices[ceremony], inputs) })
          }
        />
        <Button look="small" className="mt-4" onClick={() => start(presets[0].choices)}>
          Reset options
        </Button>
      </details>
    </div>
  )
}
