'use client'

import { useState } from 'react'
import { Checkbox } from '../../ui/checkbox.tsx'
import type { RunRecord, State } from '../state.ts'
import { CompareBytes } from './compare-bytes.tsx'
import { authenticatorDataOf, factsOf } from './compare-facts.ts'
import { comparedFields } from './compare-fields.ts'
import { line, marked, member } from './compare-look.ts'
import { type ComparedCell, type ComparedRow, comparedRows } from './compare-rows.ts'
import { runKind } from './run-kind.ts'
import { outcomeOf } from './run-outcome.ts'
import { Outcome } from './run-row.tsx'
import { clockTime, tookOf } from './run-times.ts'

const groups = [
  { group: 'asked', title: 'What was asked' },
  { group: 'back', title: 'What came back' },
] as const

/** Two ceremonies side by side, member by member and byte by byte: what differs is blue, what is the same is faint. */
export function CompareView({ state: { runs, picked } }: { state: Pick<State, 'runs' | 'picked'> }) {
  const [only, setOnly] = useState(true)
  const [left, right] = picked.map((number) => runs.find((record) => record.number === number))
  if (!left || !right) return <p className="p-5 text-soft">One of the two is no longer kept.</p>
  const rows = comparedRows(factsOf(left), factsOf(right))
  const differing = rows.filter(({ differs }) => differs)
  const shown = only ? differing : rows
  const [one, other] = [left, right].map(({ run }) => authenticatorDataOf(run))

  return (
    <div className="@container p-4 sm:p-5">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="font-semibold">Compare</h2>
          <p className="text-[13px] text-soft">
            {differing.length} of {rows.length} differ. Challenge, ids, signature and times always do, and are left out.
          </p>
        </div>
        <Checkbox
          role="switch"
          label={<span className="text-[13px] text-soft">Only differences</span>}
          checked={only}
          onToggle={setOnly}
        />
      </div>
      <table aria-label="Compared runs" className="mt-3 block w-full text-left text-[13px]">
        <thead className="block border-line-strong border-b">
          <tr className={line}>
            <th scope="col" className="sr-only">
              Member
            </th>
            <Head record={left} className="@2xl:col-start-2" />
            <Head record={right} />
          </tr>
        </thead>
        {groups.map(({ group, title }) => (
          <Group key={group} title={title} rows={shown.filter((row) => row.group === group)} />
        ))}
        {one && other ? (
          <CompareBytes fields={comparedFields(one, other)} lengths={[one.length, other.length]} only={only} />
        ) : null}
      </table>
      {one && other ? null : (
        <p className="mt-3 text-[13px] text-soft">
          No bytes to compare: {one || other ? 'in one of them' : 'in neither'} an authenticator
          {one || other ? ' did not answer' : ' answered'}.
        </p>
      )}
    </div>
  )
}

function Head({ record, className = '' }: { record: RunRecord; className?: string }) {
  const { number, run, of, example } = record
  const facts = [clockTime(run.startedAt), of.username ?? 'anyone', runKind(record), ...(example ? ['example'] : [])]
  return (
    <th scope="col" className={`min-w-0 pb-2.5 font-normal ${className}`}>
      <span className="font-semibold text-[15px]">Run {number}</span>{' '}
      <span className="text-soft wrap-anywhere">{facts.join(' · ')}</span>
      <span className="mt-0.5 flex flex-wrap gap-x-2 text-soft">
        <Outcome {...outcomeOf(run)} />
        {run.took === undefined ? null : <span>{tookOf(run.took)}</span>}
      </span>
    </th>
  )
}

function Group({ title, rows }: { title: string; rows: readonly ComparedRow[] }) {
  return (
    <tbody className="block">
      <tr className="block">
        <th scope="rowgroup" colSpan={3} className="block pt-2.5 pb-1 font-semibold text-[12.5px] text-soft">
          {title}
        </th>
      </tr>
      {rows.length ? null : (
        <tr className="block">
          <td colSpan={3} className="block py-1 text-soft">
            The same in both.
          </td>
        </tr>
      )}
      {rows.map((row) => (
        <tr key={row.member} className={`${line} border-line border-b px-2 ${row.differs ? 'bg-accent-wash' : ''}`}>
          <th scope="row" className={`${member} ${row.differs ? 'font-medium! text-ink!' : ''}`}>
            {row.member}
          </th>
          {row.cells.map((cell, side) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the two sides do not move.
            <Cell key={side} cell={cell} differs={row.differs} />
          ))}
        </tr>
      ))}
    </tbody>
  )
}

function Cell({ cell, differs }: { cell: ComparedCell | undefined; differs: boolean }) {
  return (
    <td className={`min-w-0 py-1.5 font-mono text-[12.5px] wrap-anywhere ${differs ? '' : 'text-soft'}`}>
      {cell ? (
        <>
          {cell.parts.map(({ text, differs }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one cell do not move.
            <span key={at}>
              {at ? ' ' : ''}
              {differs ? <mark className={marked}>{text}</mark> : text}
            </span>
          ))}
          {cell.note ? <span className="font-sans text-soft"> {cell.note}</span> : null}
        </>
      ) : (
        <span className="font-sans text-soft">–</span>
      )}
    </td>
  )
}
