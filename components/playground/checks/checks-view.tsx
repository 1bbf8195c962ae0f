'use client'

import { useState } from 'react'
import type { Check } from '#lib/webauthn/checks/check.ts'
import type { Run } from '../run.ts'
import { ChecksEmpty } from './checks-empty.tsx'
import { ChecksFailure } from './checks-failure.tsx'
import { checksOf } from './checks-of.ts'
import { ChecksProvider } from './checks-provider.tsx'
import { ChecksRow } from './checks-row.tsx'

/** The server's verification, step by step: the reason of a refusal first, then each step beside the specification. */
export function ChecksView({ run }: { run: Run }) {
  const [filtering, filter] = useState(false)
  const checks = checksOf(run) ?? []
  const failed = checks.filter((check) => check.outcome === 'fail')
  const others = checks.filter((check) => check.outcome !== 'fail')
  const onlyFailed = filtering && failed.length > 0

  return (
    <div className="@container space-y-3.5">
      {run.failure && !run.approved && <ChecksFailure failure={run.failure} />}
      {run.bugs?.length && !run.approved ? (
        <ChecksProvider bugs={run.bugs} provider={(run.registered ?? run.authenticated)?.passkey.provider} />
      ) : null}
      {checks.length === 0 ? (
        <ChecksEmpty run={run} />
      ) : (
        <>
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
            <p>
              <span className="font-semibold">{summary(checks, failed.length)}</span>{' '}
              <span className="text-[13px] text-soft">{note(checks, run)}</span>
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
      )}
    </div>
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

function note(checks: readonly Check[], { kind, approved }: Run): string {
  const skipped = checks.filter((check) => check.outcome === 'skipped').length
  const section = approved
    ? 'An approval: WebAuthn §7.2, and what the challenge commits to'
    : `WebAuthn §${kind === 'registration' ? '7.1' : '7.2'}`
  const passed = checks.filter((check) => check.outcome === 'pass').length
  return skipped ? `${section}: ${passed} passed, ${skipped} skipped` : section
}
