'use client'

import type { TenantAnswer } from '#lib/contract/tenant.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { reportJson, reportMarkdown } from './compatibility-report.ts'
import { CompatibilityRow } from './compatibility-row.tsx'
import type { CompatibilitySession } from './session.ts'
import { compatibilitySteps } from './steps.ts'
import { useCompatibility } from './use-compatibility.ts'
import { verdictWords } from './verdict.ts'

interface Props {
  apiKey: string
  /** The key’s, once the key is known to work. */
  tenant: TenantAnswer | undefined
}

const needed = ['passkeys:register', 'passkeys:authenticate'] as const

/** The guided compatibility test: sixteen steps, one at a press, and a report at the end. */
export function CompatibilityView({ apiKey, tenant }: Props) {
  if (!tenant) {
    return (
      <Empty title="An API key is needed">
        The test makes passkeys for made-up users and signs in with them, against this server: enter a key, or borrow a
        demo key, and open this again.
      </Empty>
    )
  }
  const scopes = tenant.key?.scopes ?? []
  const lacking = needed.filter((scope) => !scopes.includes(scope))
  if (lacking.length) {
    return <Empty title="This key cannot run the test">It does not hold the scope {lacking.join(' and ')}.</Empty>
  }
  return <Test apiKey={apiKey} tenantName={tenant.tenant.name} managed={scopes.includes('passkeys:manage')} />
}

function Test({ apiKey, tenantName, managed }: { apiKey: string; tenantName: string; managed: boolean }) {
  const test = useCompatibility(apiKey, managed)
  const { session, step, working, stopped } = test
  const at = step ? compatibilitySteps.indexOf(step) + 1 : compatibilitySteps.length
  const begun = Object.keys(session.verdicts).length > 0
  return (
    <div className="space-y-4">
      <p className="text-[14px] text-soft">
        {compatibilitySteps.length} steps, each at your press, say whether this browser and your authenticator do what
        the specification says. They make passkeys for made-up users of {tenantName}, which can be removed at the end.
      </p>
      <div className="flex flex-wrap items-center gap-2 empty:hidden">
        {step && !stopped ? (
          <>
            <Button onClick={working === 'step' ? test.cancel : test.run}>
              {working === 'step' ? `Cancel step ${at}` : `Run step ${at}`}
            </Button>
            {working ? null : (
              <Button look="secondary" onClick={test.skip}>
                Skip step {at}
              </Button>
            )}
            {begun ? (
              <Button look="quiet" onClick={test.stop}>
                Stop the test
              </Button>
            ) : null}
          </>
        ) : null}
        {step && stopped ? <Button onClick={test.resume}>Resume at step {at}</Button> : null}
      </div>
      <p aria-live="polite" data-testid="compatibility-status" className="text-[14px] empty:hidden">
        {statusOf(test, at)}
      </p>
      {begun && (stopped || !step) ? <Ending test={test} managed={managed} /> : null}
      <ol aria-label="Steps of the compatibility test" className="divide-y divide-line border-line border-y">
        {compatibilitySteps.map((each, index) => (
          <CompatibilityRow
            key={each.id}
            number={index + 1}
            step={each}
            verdict={session.verdicts[each.id]}
            current={each === step && !stopped}
          />
        ))}
      </ol>
    </div>
  )
}

function statusOf({ session, step, working, stopped }: ReturnType<typeof useCompatibility>, at: number): string {
  if (working === 'removing') return 'Removing the passkeys.'
  if (working === 'step')
    return `Step ${at} is waiting: follow the browser’s dialogue, more than once where a step asks more.`
  if (!step) return `Done. ${countsOf(session)}`
  if (stopped) return `Stopped before step ${at}. ${countsOf(session)}`
  return ''
}

function countsOf({ verdicts }: CompatibilitySession): string {
  const outcomes = Object.values(verdicts).map(({ outcome }) => outcome)
  const counts = (['as-specified', 'differs', 'not-supported', 'skipped'] as const).flatMap((outcome) => {
    const count = outcomes.filter((each) => each === outcome).length
    return count ? [`${verdictWords[outcome]}: ${count}`] : []
  })
  return `${counts.join(', ')}.`
}

function Ending({ test, managed }: { test: ReturnType<typeof useCompatibility>; managed: boolean }) {
  const { session } = test
  const of = { userAgent: navigator.userAgent, at: new Date() }
  const count = session.passkeys.length
  const stuck = managed ? 0 : session.passkeys.filter(({ token }) => !token).length
  return (
    <section aria-label="Report" className="space-y-2 rounded-xl bg-sunk px-4 py-3 text-[14px]">
      <div className="flex flex-wrap items-center gap-2">
        <CopyButton
          text={reportMarkdown(session, of)}
          label="Copy report as Markdown"
          shown="Copy report as Markdown"
        />
        <CopyButton text={reportJson(session, of)} label="Copy report as JSON" shown="Copy report as JSON" />
        {count > stuck ? (
          <Button look="small" onClick={test.remove}>
            Remove its passkeys
          </Button>
        ) : null}
        <Button look="small" onClick={test.beginAnew}>
          Begin the test anew
        </Button>
      </div>
      <p className="text-[13px] text-soft">{remainsOf(count, stuck)}</p>
    </section>
  )
}

function remainsOf(count: number, stuck: number): string {
  if (!count) return 'The server keeps no passkey of this test.'
  const kept = `The server keeps ${count} ${count === 1 ? 'passkey' : 'passkeys'} of this test.`
  if (!stuck) return kept
  return `${kept} ${stuck} of them this key cannot remove, since nobody signed in with them and it lacks the scope passkeys:manage.`
}
