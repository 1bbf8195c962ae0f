'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { faultReport } from '#lib/webauthn/faults/fault-report.ts'
import { tells } from '#lib/webauthn/faults/fault-result.ts'
import { type Fault, faults } from '#lib/webauthn/faults/index.ts'
import { asSummary } from '#lib/webauthn/faults/report.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useNow } from '../../ui/use-now.ts'
import { seconds } from '../seconds.ts'
import { FaultDetail } from './fault-detail.tsx'
import { FaultList } from './fault-list.tsx'
import { FaultMatrix } from './fault-matrix.tsx'
import { lateFault, resultsOf } from './lab-state.ts'
import { ReportMenu } from './report-menu.tsx'
import type { BenchServer } from './trial.ts'
import type { Lab } from './use-lab.ts'

interface Props {
  lab: Lab
  server: BenchServer | undefined
  /** Why nothing can be tried, or what is to be known before. */
  note: ReactNode
  /** Before anything is tried: false where something is missing, which is said then. */
  ready: () => boolean
  /** Nothing can be tried here: there is no button for it. */
  barred?: boolean
  /** What a server that could not be reached may lack. */
  unreached?: (reason: string) => ReactNode
}

/** One server on the bench: its faults one by one, or all of them against all checks. */
export function Bench({ lab, server, note, ready, barred = false, unreached }: Props) {
  const { state, stop } = lab
  const [chosen, choose] = useState<Fault>(faults[0] as Fault)
  const [whole, showWhole] = useState(false)
  const running = state.all?.status === 'running'
  const matrix = whole && state.all !== undefined && !running
  const frame = useRef<HTMLDivElement>(null)
  const again = useRef<HTMLButtonElement>(null)
  const detail = useRef<HTMLDivElement>(null)
  const stage = `${matrix} ${state.lateAt === undefined}`
  const drawn = useRef(stage)
  // A button that was pressed may be gone with what it was for: the focus goes to what begins anew.
  useEffect(() => {
    if (drawn.current !== stage && document.activeElement === document.body)
      (again.current ?? frame.current)?.focus({ preventScroll: true })
    drawn.current = stage
  }, [stage])
  const begin = (act: () => unknown) => ready() && act()
  function show(fault: Fault) {
    choose(fault)
    // Where it stands below the list, and out of sight.
    const { top = 0 } = detail.current?.getBoundingClientRect() ?? {}
    if (top > innerHeight - 160) detail.current?.scrollIntoView({ block: 'start' })
  }
  const runAll = (
    <Button
      ref={again}
      className="px-3! py-1! text-[13px]! rounded-lg!"
      aria-disabled={state.trying !== undefined}
      onClick={() => {
        if (state.trying) return
        begin(() => {
          showWhole(true)
          lab.runAll()
        })
      }}
    >
      Run all
    </Button>
  )
  const trouble = Object.values(state.results).find(
    (result) => result?.verdict === 'untried' && result.id !== lateFault.id,
  )?.reason
  const said = (
    <>
      <Progress lab={lab} onStop={stop} />
      {trouble && !running ? (
        <div className="mt-3">
          {unreached?.(trouble) ?? (
            <Notice tone="warn" title="Not everything could be tried">
              {trouble}
            </Notice>
          )}
        </div>
      ) : null}
    </>
  )

  if (matrix && server)
    return (
      <div {...group} ref={frame}>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Headline lab={lab} server={server} />
          <div className="ml-auto flex flex-wrap items-center gap-2">
            <Button look="small" onClick={() => showWhole(false)}>
              One by one
            </Button>
            <ReportMenu of="the report" report={() => reportOf(lab, server)} />
            {barred ? null : runAll}
          </div>
        </div>
        {said}
        <FaultMatrix
          state={state}
          onOpen={(fault) => {
            choose(fault)
            showWhole(false)
          }}
        />
        <Left lab={lab} server={server} />
      </div>
    )

  return (
    <div {...group} ref={frame}>
      {note}
      <div className="grid gap-x-5 gap-y-4 @3xl:grid-cols-[270px_minmax(0,1fr)]">
        <div className="min-w-0 @3xl:border-line @3xl:border-r @3xl:pr-3">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <h3 className="font-semibold text-[14px]">{faults.length} faults</h3>
            {barred ? null : runAll}
          </div>
          {said}
          {state.all && !running ? (
            <Button look="quiet" className="mt-1" onClick={() => showWhole(true)}>
              Show the matrix
            </Button>
          ) : null}
          <FaultList state={state} chosen={chosen} onChoose={show} />
          {server ? <Left lab={lab} server={server} /> : null}
        </div>
        <div ref={detail} className="min-w-0 scroll-mt-4">
          <FaultDetail
            fault={chosen}
            state={state}
            server={server}
            onRun={barred ? undefined : () => begin(() => lab.run(chosen))}
          />
        </div>
      </div>
    </div>
  )
}

const group = {
  role: 'group',
  'aria-label': 'Failure lab',
  tabIndex: -1,
  className: '@container focus:outline-none',
} as const

function reportOf({ state }: Lab, { name }: BenchServer) {
  return faultReport(resultsOf(state), { target: name, at: state.all?.at ?? '', took: state.all?.took ?? 0 })
}

function Headline({ lab, server }: { lab: Lab; server: BenchServer }) {
  const report = reportOf(lab, server)
  const [first, ...others] = asSummary(report).split(', ')
  const { results, all } = lab.state
  // What takes five minutes may be left out, or still to come.
  const sound = report.results.every(
    ({ id, verdict }) => verdict === 'caught' || (id === lateFault.id && verdict === 'untried'),
  )
  const tone = report.holes ? 'text-bad' : sound ? 'text-ok' : 'text-warn'
  const told = faults.every((fault) => {
    const result = results[fault.id]
    return result && tells(fault, result)
  })
  return (
    <output className="flex min-w-0 flex-wrap items-baseline gap-x-4">
      <strong className={`font-semibold text-[19px] leading-7 ${tone}`}>{first}</strong>
      <span className="text-[13px] text-soft">
        {[
          ...(others.length ? others : [told ? 'each by what must refuse it' : 'not each says by which check']),
          all?.status === 'stopped' ? 'stopped' : '',
          seconds(report.took),
          report.target,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </output>
  )
}

/** How far it is, what it waits for, and a way to end it. */
function Progress({ lab: { state }, onStop }: { lab: Lab; onStop: () => void }) {
  const { trying, all, waitsUntil, lateAt } = state
  const now = useNow(250, waitsUntil !== undefined)
  const running = all?.status === 'running'
  if (!running && lateAt === undefined && !waitsUntil) return null
  const done = Object.keys(state.results).filter((id) => id !== lateFault.id).length
  const wait = waitsUntil && now ? Math.max(0, Math.ceil((waitsUntil - now) / 1_000)) : undefined
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-xl bg-sunk px-3 py-2 text-[13px] text-soft">
      {running ? <ProgressBar label="Faults tried" value={done} max={faults.length - 1} /> : null}
      <p className="min-w-0 flex-1 tabular-nums">
        {wait === undefined
          ? running
            ? `${done} of ${faults.length}, ${faults.find(({ id }) => id === trying)?.title ?? ''}`
            : `“${lateFault.title}” waits for its time; leaving this tab ends it.`
          : `The server takes no call for now: the key may ask again in ${wait} s.`}
      </p>
      {running || trying || lateAt !== undefined ? (
        <Button look="small" onClick={onStop}>
          Stop
        </Button>
      ) : null}
    </div>
  )
}

/** What stays on the server. */
function Left({ lab, server }: { lab: Lab; server: BenchServer }) {
  const { left, tidying, holds, all, lateAt } = lab.state
  if (server.apiKey === undefined) return null
  const text = tidying
    ? 'Taking its passkeys away.'
    : left
      ? `${left} of its passkeys stayed: they could not be taken away. A key with passkeys:manage can do it.`
      : holds || lateAt !== undefined
        ? 'Its passkeys are taken away after a run of all, and when this tab of the page is left.'
        : all
          ? 'Its passkeys are taken away. Its users break-it-… stay, and nobody can sign in as one.'
          : ''
  return (
    <p aria-live="polite" className="mt-3 text-[13px] text-soft empty:hidden">
      {text}
    </p>
  )
}
