'use client'

import { useEffect, useState } from 'react'
import { type AskedRow, askedAndGot } from '#lib/webauthn/asked/index.ts'
import { ChipChoice } from '../../ui/chip.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Empty } from '../../ui/empty.tsx'
import type { Choices } from '../options/option-values.ts'
import type { Run } from '../run.ts'
import { askedOfRun } from './asked-of.ts'
import { AskedLine } from './asked-row.tsx'
import { asMarkdown, notAsAsked, summaryOf } from './asked-text.ts'

interface AskedViewProps {
  run: Run
  /** What it was begun with. */
  choices: Choices
}

/** What was asked for in a ceremony, and what became of each: member by member, with the reason. */
export function AskedView({ run, choices }: AskedViewProps) {
  const rows = useRows(run, choices)
  const [only, show] = useState<'all' | 'not'>('all')
  if (!rows) return <div aria-busy="true" className="min-h-40" />
  if (rows.length === 0) {
    return (
      <Empty title="Nothing was asked for" region="Asked and got">
        Every option was unset, so that WebAuthn’s own defaults held. Set some under Options, and see here what became
        of them.
      </Empty>
    )
  }
  const others = rows.filter(notAsAsked)
  const shown = only === 'not' && others.length > 0 ? others : rows
  return (
    <section aria-label="Asked and got" className="@container">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="font-semibold">{summaryOf(rows)}</p>
        <div className="flex flex-wrap items-center gap-2">
          {others.length > 0 ? (
            <ChipChoice
              label="Rows"
              name="asked-rows"
              choices={[
                { value: 'all', label: `All ${rows.length}` },
                { value: 'not', label: `Not as asked ${others.length}` },
              ]}
              selected={only}
              onSelect={show}
            />
          ) : null}
          <CopyButton text={asMarkdown(rows)} label="Copy as Markdown" shown="Copy as Markdown" />
          <CopyButton text={JSON.stringify(rows, null, 2)} label="Copy as JSON" shown="Copy as JSON" />
        </div>
      </div>
      <table className="mt-3 block w-full table-fixed border-collapse text-left @2xl:table">
        <thead className="sr-only @2xl:not-sr-only @2xl:table-header-group">
          <tr className="text-[12.5px] text-faint [&>*]:border-line [&>*]:border-b [&>*]:py-1.5 [&>*]:font-normal">
            {columns.map(({ name, width }) => (
              <th key={name} scope="col" className={width}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        {(['Options', 'Extensions'] as const).map((group) => (
          <Group key={group} group={group} rows={shown.filter((row) => row.group === group)} />
        ))}
      </table>
    </section>
  )
}

const columns = [
  { name: 'Member', width: 'w-[19%]' },
  { name: 'Asked', width: 'w-[17%]' },
  { name: 'Got', width: 'w-[19%]' },
  { name: 'Verdict', width: 'w-[25%]' },
  { name: 'Why', width: 'w-[20%]' },
]

function Group({ group, rows }: { group: AskedRow['group']; rows: readonly AskedRow[] }) {
  if (rows.length === 0) return null
  return (
    <tbody className="block @2xl:table-row-group">
      <tr className="block @2xl:table-row">
        <th
          scope="rowgroup"
          colSpan={5}
          className="block border-line border-b pt-4 pb-1.5 text-left font-semibold text-[13px] text-soft @2xl:table-cell"
        >
          {group}
        </th>
      </tr>
      {rows.map((row) => (
        <AskedLine key={row.path} row={row} />
      ))}
    </tbody>
  )
}

/** Judged anew when a message has come. */
function useRows(run: Run, choices: Choices): readonly AskedRow[] | undefined {
  const [rows, set] = useState<readonly AskedRow[]>()
  useEffect(() => {
    let over = false
    void askedAndGot(askedOfRun(run, choices)).then((judged) => over || set(judged))
    return () => {
      over = true
    }
  }, [run, choices])
  return rows
}
