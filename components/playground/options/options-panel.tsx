import { useState } from 'react'
import { type CeremonyKind, webAuthnOptions } from '#lib/webauthn/options.ts'
import { Button } from '../../ui/button.tsx'
import { ChipChoice } from '../../ui/chip.tsx'
import { Icon } from '../../ui/icon.tsx'
import { type Choices, countSet, withOption } from './option-values.ts'
import { OptionsForm } from './options-form.tsx'
import { presetOf, presets } from './presets.ts'

const total = webAuthnOptions.reduce((sum, { ceremonies }) => sum + ceremonies.length, 0)

/** How the ceremonies are to run: a preset, and behind it every option of WebAuthn. */
export function OptionsPanel({ choices, onChoose }: { choices: Choices; onChoose: (choices: Choices) => void }) {
  const [resets, setResets] = useState(0)
  const preset = presetOf(choices)
  const set = countSet(choices)

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
        <span className="text-faint tabular-nums">
          {presets.find((each) => each.value === preset)?.label ?? 'Custom'}, {set} set
        </span>
      </div>
      <ChipChoice
        label="Preset"
        name="preset"
        choices={presets}
        selected={preset}
        onSelect={(value) => start(presets.find((each) => each.value === value)?.choices ?? presets[0].choices)}
      />
      <details className="group mt-2">
        <summary className="flex w-fit cursor-pointer list-none items-center gap-1 rounded-md py-1 font-medium text-[13px] text-accent underline-offset-4 hover:underline [&::-webkit-details-marker]:hidden">
          All {total} options
          <Icon name="chevron" className="size-3.5 transition-transform group-open:rotate-180" />
        </summary>
        <OptionsForm
          key={resets}
          choices={choices}
          onChoose={choose}
          onAutofill={(autofill) => onChoose({ ...choices, autofill })}
        />
        <Button look="small" className="mt-4" onClick={() => start(presets[0].choices)}>
          Reset options
        </Button>
      </details>
    </div>
  )
}
