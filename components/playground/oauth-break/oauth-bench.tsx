'use client'

import { useEffect, useRef, useState } from 'react'
import { asSummary, reportOn } from '#lib/webauthn/faults/report.ts'
import type { OAuthFault } from '../../oauth/faults/oauth-fault.ts'
import { oauthFaults } from '../../oauth/faults/oauth-faults.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { FaultButton } from '../break/fault-button.tsx'
import { ReportMenu } from '../break/report-menu.tsx'
import { seconds } from '../seconds.ts'
import { oauthResultsOf } from './lab-state.ts'
import { OAuthFaultDetail } from './oauth-fault-detail.tsx'
import { type AttackedClient, type OAuthLab, useOAuthLab } from './use-oauth-lab.ts'
import { WaitBar } from './wait-bar.tsx'

/** The built-in app on the bench: its faults one by one, or all after another. */
export function OAuthBench({ tenantName, ...client }: AttackedClient & { tenantName: string }) {
  const lab = useOAuthLab(client)
  const { state, silent } = lab
  const [chosen, choose] = useState<OAuthFault>(oauthFaults[0] as OAuthFault)
  const busy = state.running !== undefined
  const frame = useRef<HTMLDivElement>(null)
  // A button that was pressed goes with what it was for: the focus stays here.
  useEffect(() => {
    if (!busy && document.activeElement === document.body) frame.current?.focus({ preventScroll: true })
  }, [busy])
  const report = () =>
    reportOn(oauthFaults, oauthResultsOf(state), {
      target: `this server, ${tenantName}, test: the code flow of its built-in app`,
      at: state.all?.at ?? '',
      took: state.all?.took ?? 0,
    })
  const done = state.all && state.all.status !== 'running'

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's.
    <div
      role="group"
      aria-label="OAuth failure lab"
      ref={frame}
      tabIndex={-1}
      className="@container focus:outline-none"
    >
      <p className="max-w-[90ch] text-pretty text-[13.5px] text-soft">
        {silent
          ? 'It takes one press, and no window opens: you allowed this app, so every code comes silently (prompt=none).'
          : 'It takes one press, and one sign-in: a window opens for your passkey and your consent. Every code after the first comes silently (prompt=none).'}{' '}
        The flow is gone through untouched first, and each fault ends with what is as it should be, so that a refusal is
        the fault’s own. What the flows got is given back.
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Headline report={done ? report() : undefined} stopped={state.all?.status === 'stopped'} />
        <div className="ml-auto flex flex-wrap items-center gap-2">
          {done ? <ReportMenu of="the OAuth report" report={report} name="oauth-faults" /> : null}
          <Button
            className="px-3! py-1! text-[13px]! rounded-lg!"
            aria-disabled={busy}
            onClick={() => busy || lab.runAll()}
          >
            Run all six
          </Button>
        </div>
      </div>
      <Progress lab={lab} />
      <Trouble lab={lab} />
      <div className="mt-4 grid gap-x-5 gap-y-4 @3xl:grid-cols-[270px_minmax(0,1fr)]">
        <nav aria-label="OAuth faults" className="-mx-2 min-w-0 @3xl:mx-0 @3xl:border-line @3xl:border-r @3xl:pr-3">
          <ul>
            {oauthFaults.map((fault) => (
              <li key={fault.id}>
                <FaultButton
                  title={fault.title}
                  current={fault === chosen}
                  verdict={state.results[fault.id]?.verdict}
                  running={state.running === fault.id}
                  onChoose={() => choose(fault)}
                />
              </li>
            ))}
          </ul>
        </nav>
        <OAuthFaultDetail
          key={chosen.id}
          fault={chosen}
          client={client}
          result={state.results[chosen.id]}
          running={state.running === chosen.id}
          busy={busy}
          onRun={() => lab.run(chosen)}
        />
      </div>
    </div>
  )
}

function Headline({ report, stopped }: { report: ReturnType<typeof reportOn> | undefined; stopped: boolean }) {
  if (!report) return <output className="sr-only" />
  const [first, ...others] = asSummary(report).split(', ')
  const tone = report.holes ? 'text-bad' : report.caught === report.total ? 'text-ok' : 'text-warn'
  return (
    <output className="flex min-w-0 flex-wrap items-baseline gap-x-4">
      <strong className={`font-semibold text-[19px] leading-7 ${tone}`}>{first}</strong>
      <span className="text-[13px] text-soft">
        {[...others, stopped ? 'stopped' : '', seconds(report.took)].filter(Boolean).join(' · ')}
      </span>
    </output>
  )
}

/** How far it is, what it waits for, and a way to end it. */
function Progress({ lab: { state, stop } }: { lab: OAuthLab }) {
  const { running, waits, all, blocked } = state
  if (running === undefined) return null
  const title = oauthFaults.find(({ id }) => id === running)?.title
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-xl bg-sunk px-3 py-2 text-[13px] text-soft">
      {waits ? (
        <WaitBar {...waits} />
      ) : all?.status === 'running' ? (
        <ProgressBar label="OAuth faults tried" value={Object.keys(state.results).length} max={oauthFaults.length} />
      ) : null}
      <p className="min-w-0 flex-1">
        {blocked ? (
          <>
            Your browser blocked the popup.{' '}
            <a
              href={blocked}
              target="_blank"
              rel="noopener opener"
              className="font-medium text-accent underline underline-offset-2"
            >
              Open the sign-in yourself
            </a>
          </>
        ) : running === 'untouched' ? (
          'The untouched flow. If a window is open, it waits for you there.'
        ) : waits ? (
          `${title}: the server takes a used token for ten seconds more, for whoever lost the answer.`
        ) : (
          title
        )}
      </p>
      <Button look="small" onClick={stop}>
        Stop
      </Button>
    </div>
  )
}

/** Why it did not go on. */
function Trouble({ lab: { state } }: { lab: OAuthLab }) {
  const asked = Object.values(state.results).some((result) => result?.needsPerson)
  if (state.running !== undefined) return null
  if (asked || state.failure?.code === 'login_required' || state.failure?.code === 'consent_required')
    return (
      <div className="mt-3">
        <Notice tone="warn" title="The server wants to see you first">
          It does not remember your sign-in or your consent any more. Press again: a window opens for them.
        </Notice>
      </div>
    )
  if (!state.failure) return null
  return (
    <div className="mt-3">
      <Notice tone={state.failure.calm ? 'plain' : 'warn'} title={`${state.failure.what}. Nothing was tried`}>
        {state.failure.why} {state.failure.todo}
      </Notice>
    </div>
  )
}
