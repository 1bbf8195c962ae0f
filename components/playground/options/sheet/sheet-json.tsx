import { useId, useMemo, useState } from 'react'
import type { CeremonyKind } from '#lib/webauthn/options.ts'
import { Segments } from '../../../ui/segments.tsx'
import { JsonEditor, type LineMarks } from '../json/json-editor.tsx'
import { lineAt, scanJson } from '../json/json-scan.ts'
import { textOf, valuesOf, wholeText } from '../json/options-json.ts'
import { Mistake } from '../mistake.ts'
import type { OptionValues } from '../option-values.ts'

interface SheetJsonProps {
  ceremony: CeremonyKind
  values: OptionValues
  /** Paths that something is wrong with, and how grave it is. */
  marked: ReadonlyMap<string, 'error' | 'warning'>
  onCeremony: (ceremony: CeremonyKind) => void
  onValues: (values: OptionValues) => void
  copy: React.ReactNode
}

const titles = { registration: 'Registration', authentication: 'Authentication' } as const

/** A ceremony's options as JSON, which can be written in: it is the form's other side. */
export function SheetJson({ ceremony, values, marked, onCeremony, onValues, copy }: SheetJsonProps) {
  const name = useId()
  const [draft, setDraft] = useState<{ text: string; values: OptionValues }>()
  const text = draft?.values === values ? draft.text : textOf(ceremony, values)
  const whole = values[wholeText]
  const marks = useMemo(() => marksOf(text, marked), [text, marked])
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2 px-3.5 pt-2.5 pb-2">
        <Segments
          label="JSON of"
          name={name}
          choices={['registration', 'authentication'] as const}
          called={titles}
          selected={ceremony}
          onSelect={onCeremony}
        />
        {copy}
      </div>
      <div className="min-h-40 flex-1 overflow-auto overscroll-contain">
        <JsonEditor
          label={`${titles[ceremony]} options as JSON`}
          text={text}
          marks={marks}
          error={whole instanceof Mistake ? whole.words : undefined}
          onText={(next) => {
            const read = valuesOf(ceremony, next, withoutWhole(values))
            setDraft({ text: next, values: read })
            onValues(read)
          }}
        />
      </div>
    </>
  )
}

function withoutWhole(values: OptionValues): OptionValues {
  const { [wholeText]: _, ...rest } = values
  return rest
}

/** The lines of what is wrong. */
function marksOf(text: string, marked: SheetJsonProps['marked']): LineMarks {
  const { members, fault } = scanJson(text)
  const marks = new Map<number, 'error' | 'warning'>()
  for (const [path, tone] of marked) {
    const place = members.get(path) ?? members.get(`publicKey.${path}`)
    if (!place) continue
    const last = lineAt(text, place.to)
    for (let line = lineAt(text, place.from); line <= last; line++) {
      if (marks.get(line) !== 'error') marks.set(line, tone)
    }
  }
  if (fault) marks.set(lineAt(text, fault.at), 'error')
  return marks
}
