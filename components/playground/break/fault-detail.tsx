'use client'

import { useMemo, useState } from 'react'
import type { Check } from '#lib/webauthn/checks/check.ts'
import type { Fault } from '#lib/webauthn/faults/index.ts'
import { Button } from '../../ui/button.tsx'
import { CopyMenu } from '../../ui/copy-menu.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ChecksRow } from '../checks/checks-row.tsx'
import { curlOf, jsonOf } from './fault-copy.ts'
import { Remaining } from './fault-list.tsx'
import { Change, Question } from './fault-terms.tsx'
import { type LabState, lateFault, type Tried } from './lab-state.ts'
import { refuserOf } from './matrix.ts'
import type { BenchServer } from './trial.ts'
import { sharesSession } from './use-lab.ts'
import { VerdictBanner } from './verdict-banner.tsx'
import { verdictTitle } from './verdict-title.ts'

interface Props {
  fault: Fault
  state: LabState
  server: BenchServer | undefined
  /** Undefined where nothing can be tried. */
  onRun: (() => void) | undefined
}

/** One fault: what it changes, what must refuse it, and what happened. */
export function FaultDetail({ fault, state, server, onRun }: Props) {
  const result = state.results[fault.id]
  const waits = fault === lateFault && state.lateAt !== undefined
  const shared = state.lateAt !== undefined && server !== undefined && sharesSession(server)
  const busy = state.trying !== undefined || waits || shared
  const { title, spec, step } = refuserOf(fault, fault.refusedBy)
  const example = useMemo(() => shownChange(fault, server), [fault, server])
  const { was, is } = result ?? example
  const section = fault.ceremony === 'registration' ? '§7.1' : '§7.2'
  return (
    <article aria-label={fault.title} className="@container min-w-0">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <h3 className="min-w-0 flex-1 basis-48 font-semibold text-[19px] leading-7">{fault.title}</h3>
        <div className="flex flex-wrap gap-2">
          {onRun ? (
            <Button look="small" aria-disabled={busy} onClick={() => busy || onRun()}>
              <Icon name="again" className="size-3.5" />
              {result ? 'Run again' : 'Run'}
            </Button>
          ) : null}
          {result && server ? <CopyAs result={result} server={server} /> : null}
        </div>
      </div>
      <p className="mt-1 max-w-[64ch] text-pretty text-[13.5px] text-soft">{fault.attack}</p>
      <dl className="mt-4 text-[14px]">
        <Question title="What it changes">
          <Change was={was} is={is} where={fault.where} />
        </Question>
        <Question title="What must refuse it">
          <strong className="font-semibold">{title}</strong>
          <span className="text-soft"> · </span>
          <a
            href={spec}
            target="_blank"
            rel="noreferrer"
            className="font-medium text-accent underline-offset-4 hover:underline"
          >
            WebAuthn{' '}
            {step?.replace(' step', ', step') ?? (fault.refusedBy === 'ceremony_unknown' ? '§13.4.3' : section)}
          </a>
        </Question>
      </dl>
      <section aria-label="What happened" aria-live="polite" className="border-line border-t pt-3">
        <h4 className="font-semibold text-[13px] text-soft">What happened</h4>
        {waits ? (
          <p className="mt-2 text-[14px] text-soft">
            The ceremony is begun and signed, and lies open: it is answered <Remaining until={state.lateAt ?? 0} />.
          </p>
        ) : state.trying === fault.id ? (
          <p className="mt-2 text-[14px] text-soft">The server is asked.</p>
        ) : result ? (
          <Verdict key={fault.id} fault={fault} result={result} />
        ) : (
          <p className="mt-2 text-[14px] text-soft">Not tried yet.</p>
        )}
      </section>
    </article>
  )
}

/** What a fault changes, by way of example, before anything was tried. */
function shownChange(fault: Fault, server: BenchServer | undefined): { was: string; is: string } {
  const origin = server?.origin ?? location.origin
  const unknown = '…'
  return fault.tamper({
    origin,
    rpId: server?.rpId ?? new URL(origin).hostname,
    ...{ challenge: unknown, credentialId: unknown, otherCredentialId: unknown, otherUserHandle: unknown },
    ...{ signCount: 101, offered: [-7] },
  })
}

function Verdict({ fault, result }: { fault: Fault; result: Tried }) {
  const [all, showAll] = useState(false)
  const checks = result.checks ?? []
  const shown = all ? checks : around(checks)
  return (
    <>
      <VerdictBanner title={verdictTitle(fault, result)} result={result} />
      {checks.length ? (
        <>
          <ol
            aria-label="Checks of this fault"
            className="mt-1 grid grid-cols-[16px_minmax(0,1fr)_auto] overflow-x-clip @2xl:grid-cols-[16px_minmax(0,5fr)_minmax(0,6fr)_minmax(0,6fr)_auto]"
          >
            {shown.map((check) => (
              <ChecksRow key={check.id} check={check} />
            ))}
          </ol>
          <Button look="quiet" className="mt-1" aria-expanded={all} onClick={() => showAll(!all)}>
            {all ? 'Fewer checks' : `All ${checks.length} checks`}
          </Button>
        </>
      ) : null}
    </>
  )
}

/** The failed checks with the one before and the one after each; where none failed, the first few. */
function around(checks: readonly Check[]): readonly Check[] {
  const isFailed = (at: number) => checks[at]?.outcome === 'fail'
  const near = checks.filter((_, at) => isFailed(at) || isFailed(at - 1) || isFailed(at + 1))
  return near.length ? near.slice(0, 7) : checks.slice(0, 3)
}

function CopyAs({ result, server }: { result: Tried; server: BenchServer }) {
  const curl = curlOf(result, server)
  return (
    <CopyMenu
      of="the fault"
      items={[
        ...(curl ? [{ id: 'curl', label: 'curl', note: 'The call that carried it, without the key' }] : []),
        { id: 'json', label: 'JSON', note: 'What was sent, and each check' },
      ]}
      written={(id) => (id === 'curl' && curl ? curl : jsonOf(result))}
    />
  )
}
