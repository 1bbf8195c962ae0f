'use client'

import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { lint } from '#lib/webauthn/lint/lint.ts'
import type { Finding, LintContext } from '#lib/webauthn/lint/rule.ts'
import type { CeremonyKind } from '#lib/webauthn/options.ts'
import { Button } from '../../../ui/button.tsx'
import { ChipChoice } from '../../../ui/chip.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { type Mistaken, mistakesIn } from '../option-mistake.ts'
import { type Choices, soundChoices, withOption } from '../option-values.ts'
import { nearestPreset, presets } from '../presets.ts'
import { focusOption } from './focus-option.ts'
import { SheetCopy } from './sheet-copy.tsx'
import { SheetExtensions } from './sheet-extensions.tsx'
import { SheetFields } from './sheet-fields.tsx'
import { SheetFoot } from './sheet-foot.tsx'
import { SheetFrame } from './sheet-frame.tsx'
import { SheetJson } from './sheet-json.tsx'
import { SheetLint } from './sheet-lint.tsx'
import { SheetShare } from './sheet-share.tsx'

export interface OptionsSheetProps {
  choices: Choices
  context: LintContext
  baseUrl: string
  /** The option that the focus is to go to; a new object each time. */
  sought: { ceremony: CeremonyKind; path: string } | undefined
  /** The address that has these options in it. */
  address: () => string
  onChoose: (choices: Choices) => void
  onClose: () => void
  /** On a phone: the buttons that begin a ceremony. */
  children?: ReactNode
}

const ceremonies = ['registration', 'authentication'] as const

/** Every option of both ceremonies as a form and as JSON, what is to be said about them, and what leads on. */
export function OptionsSheet(props: OptionsSheetProps) {
  const { choices, context, baseUrl, sought, address, onChoose, onClose, children } = props
  const [shown, show] = useState<CeremonyKind>('registration')
  const [resets, setResets] = useState(0)
  const mistakes = ceremonies.flatMap((ceremony) => mistakesIn(ceremony, choices))
  const own = mistakes.filter(({ ceremony }) => ceremony === shown)
  const findings = useMemo(() => lint(shown, soundChoices(choices), context), [shown, choices, context])
  const marked = useMemo(() => markedBy(own, findings), [own, findings])
  const { preset, changed } = nearestPreset(choices)

  useEffect(() => {
    if (!sought) return
    show(sought.ceremony)
    focusOption(sought.ceremony, sought.path)
  }, [sought])

  function choose(ceremony: CeremonyKind, path: string, value: unknown) {
    show(ceremony)
    onChoose({ ...choices, [ceremony]: withOption(choices[ceremony], path, value) })
  }

  function start(from: Choices) {
    onChoose(from)
    setResets(resets + 1)
  }

  function seek(mistaken: Mistaken) {
    show(mistaken.ceremony)
    focusOption(mistaken.ceremony, mistaken.option.path)
  }

  return (
    <SheetFrame label="Options" onClose={onClose}>
      <header className="flex flex-wrap items-center gap-x-2.5 gap-y-2 border-line border-b px-5 py-2.5 max-lg:px-4">
        <h2 tabIndex={-1} data-autofocus className="font-semibold text-[17px] outline-none">
          Options
        </h2>
        <div className="max-lg:hidden">
          <ChipChoice
            label="Start from"
            name="sheet-preset"
            choices={presets.map(({ value, label, title }) => ({
              value,
              title,
              label: changed && value === preset ? `${label}, changed` : label,
              called: `Start from ${label}${changed && value === preset ? ', changed' : ''}`,
            }))}
            selected={preset}
            onSelect={(value) => start(presets.find((each) => each.value === value)?.choices ?? presets[0].choices)}
          />
        </div>
        <div className="ml-auto flex items-center gap-2">
          <Button look="small" onClick={() => start(presets[0].choices)}>
            Reset<span className="sr-only"> options</span>
          </Button>
          <SheetShare address={address} />
          <button
            type="button"
            aria-label="Close options"
            onClick={onClose}
            className="grid size-8 cursor-pointer place-items-center rounded-[9px] border border-line text-soft hover:bg-sunk hover:text-ink"
          >
            <Icon name="cross" />
          </button>
        </div>
      </header>
      <div className="relative flex min-h-0 flex-1 max-lg:block max-lg:overflow-y-auto max-lg:overscroll-contain lg:grid lg:grid-cols-[minmax(0,1fr)_clamp(280px,36%,380px)]">
        <div key={resets} className="relative min-h-0 lg:overflow-y-auto lg:overscroll-contain">
          <div className="xl:grid xl:grid-cols-2">
            {ceremonies.map((ceremony) => (
              <SheetFields key={ceremony} ceremony={ceremony} values={choices[ceremony]} onChoose={choose} />
            ))}
          </div>
          <SheetExtensions choices={choices} onChoose={choose} />
        </div>
        <div className="flex min-h-0 flex-col border-line bg-sunk max-lg:mt-3 max-lg:border-t lg:border-l">
          <SheetJson
            ceremony={shown}
            values={choices[shown]}
            marked={marked}
            onCeremony={show}
            onValues={(values) => onChoose({ ...choices, [shown]: values })}
            copy={<SheetCopy baseUrl={baseUrl} ceremony={shown} choices={choices} username={context.username} />}
          />
          <div className="shrink-0 overflow-y-auto overscroll-contain border-line border-t bg-card lg:max-h-[42%]">
            <SheetLint
              ceremony={shown}
              mistakes={own}
              findings={findings}
              choices={choices}
              onChoose={onChoose}
              onSeek={seek}
            />
          </div>
        </div>
      </div>
      <SheetFoot mistakes={mistakes}>{children}</SheetFoot>
    </SheetFrame>
  )
}

function markedBy(mistakes: readonly Mistaken[], findings: readonly Finding[]): Map<string, 'error' | 'warning'> {
  const marked = new Map<string, 'error' | 'warning'>()
  for (const { rule, members } of findings.toReversed()) {
    if (rule.severity === 'note') continue
    for (const path of members) marked.set(path, rule.severity)
  }
  for (const { option } of mistakes) marked.set(option.path, 'error')
  return marked
}
