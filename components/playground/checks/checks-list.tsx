'use client'

import { useState } from 'react'
import type { Check } from '#lib/webauthn/checks/check.ts'
import { ChecksRow } from './checks-row.tsx'

interface Props {
  checks: readonly Check[]
  /** What they are the checks of: a section of the specification. */
  about: string
}

/** Verification steps in one ledger, the failed ones first. It stands in a container whose width it goes by. */
export function ChecksList({ checks, about }: Props) {
  const [filtering, filter] = useState(false)
  const failed = checks.filter((check) => check.outcome === 'fail')
  const others = checks.filter((check) => check.outcome !== 'fail')
  const onlyFailed = filtering && failed.length > 0

  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p>
          <span className="font-semibold">{summary(checks, failed.length)}</span>{' '}
          <span className="text-[13px] text-soft">{counted(checks, about)}</span>
        </p>
        {failed.length > 0 && others.length > 0 && (
          <button
            type="button"
            aria-pressed={onlyFailed}
            onClick={() => filter(!filtering)}
            className="cursor-pointer rounded-full border border-line-strong px-3 py-1 text-[13px] text-soft hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent-wash aria-pressed:text-accent"
          >
            Only what failed
          </button>
        )}
      </div>
      <ol
        aria-label="Verification steps"
        className="grid grid-cols-[16px_minmax(0,1fr)_auto] border-line border-t @2xl:grid-cols-[16px_minmax(0,5fr)_minmax(0,6fr)_minmax(0,6fr)_auto]"
      >
        <Columns />
        {failed.map((check) => (
          <ChecksRow key={check.id} check={check} />
        ))}
        {!onlyFailed && others.map((check) => <ChecksRow key={check.id} check={check} />)}
      </ol>
    </>
  )
}

/** Headings of the columns, where there are columns. */
function Columns() {
  return (
    <li
      aria-hidden="true"
      className="col-span-full hidden grid-cols-subgrid gap-x-3 border-line border-b py-1.5 text-[12.5px] text-faint @2xl:grid"
    >
      <span className="col-start-2">Check</span>
      <span>Expected</span>
      <span>Actual</span>
      <span className="justify-self-end">Specification</span>
    </li>
  )
}

function summary(checks: readonly Check[], failed: number): string {
  if (failed > 0) return `${failed} of ${checks.length} failed`
  if (checks.some(({ outcome }) => outcome === 'skipped')) return `${checks.length} checks, none failed`
  return checks.length === 1 ? '1 check, passed' : `${checks.length} checks, all passed`
}

function counted(checks: readonly Check[], about: string): string {
  const skipped = checks.filter((check) => check.outcome === 'skipped').length
  const passed = checks.filter((check) => check.outcome === 'pass').length
  return skipped ? `${about}: ${passed} passed, ${skipped} skipped` : about
}
