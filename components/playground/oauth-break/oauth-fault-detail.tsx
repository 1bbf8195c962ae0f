'use client'

import type { OAuthStep } from '../../oauth/faults/attacked-app.ts'
import type { OAuthFault, OAuthResult } from '../../oauth/faults/oauth-fault.ts'
import { OAuthSpecLink } from '../../oauth/oauth-spec-link.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyMenu } from '../../ui/copy-menu.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { Change, Question } from '../break/fault-terms.tsx'
import { VerdictBanner } from '../break/verdict-banner.tsx'
import { answerWords } from '../break/verdict-words.ts'
import { curlsOf, jsonOf } from './oauth-fault-copy.ts'
import type { AttackedClient } from './use-oauth-lab.ts'

interface Props {
  fault: OAuthFault
  client: AttackedClient
  result: OAuthResult | undefined
  /** This one is tried now. */
  running: boolean
  /** Any is. */
  busy: boolean
  onRun: () => void
}

/** One fault: what it changes, what must refuse it, what would happen without, and what happened. */
export function OAuthFaultDetail({ fault, client, result, running, busy, onRun }: Props) {
  const redirectUri = `${client.baseUrl}/playground/callback`
  const { was, is } = fault.change({ ...client, redirectUri })
  return (
    <article aria-label={fault.title} className="@container min-w-0">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <h4 className="min-w-0 flex-1 basis-48 font-semibold text-[19px] leading-7">{fault.title}</h4>
        <div className="flex flex-wrap gap-2">
          <Button look="small" aria-disabled={busy} onClick={() => busy || onRun()}>
            <Icon name="again" className="size-3.5" />
            {result ? 'Try it again' : 'Try it'}
          </Button>
          {result ? <CopyAs result={result} /> : null}
        </div>
      </div>
      <p className="mt-1 max-w-[64ch] text-pretty text-[13.5px] text-soft">{fault.attack}</p>
      <dl className="mt-4 text-[14px]">
        <Question title="What it changes">
          <Change was={was} is={is} where={fault.where} />
        </Question>
        <Question title="What must refuse it">
          <strong className="font-semibold">{fault.refuser}</strong>
          <span className="text-soft">
            {' '}
            · <code className="font-mono text-[13px]">{fault.refusedBy}</code> ·{' '}
          </span>
          <OAuthSpecLink spec={fault.spec} />
        </Question>
        <Question title="Without it">
          <p className="max-w-[64ch] text-pretty">{fault.otherwise}</p>
        </Question>
      </dl>
      <section aria-label="What happened" aria-live="polite" className="border-line border-t pt-3">
        <h5 className="font-semibold text-[13px] text-soft">What happened</h5>
        {running ? (
          <p className="mt-2 text-[14px] text-soft">The server is asked.</p>
        ) : result ? (
          <Verdict fault={fault} result={result} />
        ) : (
          <p className="mt-2 text-[14px] text-soft">Not tried yet.</p>
        )}
      </section>
    </article>
  )
}

function Verdict({ fault, result }: { fault: OAuthFault; result: OAuthResult }) {
  return (
    <>
      <VerdictBanner title={titleOf(fault, result)} result={result} />
      {result.steps.length ? (
        <ol aria-label="Steps of this fault" className="mt-1">
          {result.steps.map((step) => (
            <Step key={step.words} step={step} />
          ))}
        </ol>
      ) : null}
    </>
  )
}

function titleOf({ group, refusedBy }: OAuthFault, { verdict, by }: OAuthResult): string {
  if (verdict === 'untried') return 'It could not be tried'
  if (verdict === 'hole') return 'Accepted: nothing refused it'
  if (verdict === 'elsewhere') return `Refused, but not as ${refusedBy}: as ${by.join(', ')}`
  if (group === 'The app itself') return 'Caught by this page, before anything was asked for'
  return group === 'Both endpoints' ? 'Caught at both endpoints' : 'Caught by the token endpoint'
}

function Step({ step }: { step: OAuthStep }) {
  const { words, request, said } = step
  const { icon, ink, outcome } = looksOf(step)
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-2.5 border-line py-2 text-[13.5px] not-last:border-b @lg:grid-cols-[16px_minmax(0,1fr)_auto]">
      <Icon name={icon} className={`mt-0.5 size-4 ${ink}`} />
      <div className="min-w-0">
        <p className="font-medium">
          {words} <span className={`font-normal ${ink}`}>{outcome}</span>
        </p>
        <p className="text-[12.5px] text-soft wrap-anywhere">
          {request ? `${request.method} ${new URL(request.url).pathname}` : 'readCallback of the SDK'}
          {said ? ` · ${said}` : ''}
        </p>
      </div>
      <p className="font-mono text-[12.5px] text-soft @max-lg:col-start-2">{answerWords(step)}</p>
    </li>
  )
}

/** A refusal is good news of an attack, and bad news of what is honest. */
function looksOf({ part, accepted }: OAuthStep): { icon: IconName; ink: string; outcome: string } {
  const outcome = accepted ? 'accepted' : 'refused'
  if (part === 'shown') return { icon: 'info', ink: 'text-soft', outcome }
  const good = accepted === (part === 'honest')
  return { icon: good ? 'check' : 'cross', ink: good ? 'text-ok' : 'text-bad', outcome }
}

function CopyAs({ result }: { result: OAuthResult }) {
  const requests = result.steps.some(({ request }) => request)
  return (
    <CopyMenu
      of="the OAuth fault"
      items={[
        ...(requests ? [{ id: 'curl', label: 'curl', note: 'Its requests, with variables for the secrets' }] : []),
        { id: 'json', label: 'JSON', note: 'Each step, and what came of it' },
      ]}
      written={(id) => (id === 'curl' ? curlsOf(result) : jsonOf(result))}
    />
  )
}
