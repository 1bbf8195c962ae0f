import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { OAuthFailureNote } from './oauth-failure-note.tsx'
import {
  type Flow,
  type FlowClient,
  proofOf,
  type StepId,
  type StepRun,
  sent,
  whyOfflineLeftOut,
} from './oauth-flow.ts'
import { OAuthProof } from './oauth-jwt.tsx'
import { OAuthMessages } from './oauth-messages.tsx'
import { OAuthPkce } from './oauth-pkce.tsx'
import { OAuthTokens } from './oauth-tokens.tsx'

interface Props {
  id: StepId
  flow: Flow
  run: StepRun
  baseUrl: string
  client: FlowClient
  onCancel: () => void
}

/** The steps that end with tokens. */
const withTokens: readonly StepId[] = ['exchange', 'refresh', 'wait', 'itself']

/** What happened in a step: its outcome, its messages, and what they carried. */
export function OAuthStepBody({ id, flow, run, baseUrl, client, onCancel }: Props) {
  const challenge = sent(run, 'code_challenge')
  const proof = run.messages.map(proofOf).findLast(Boolean)
  const { authorization, tokens, choices } = flow
  const leftOut = whyOfflineLeftOut(choices, client.grants)
  return (
    <>
      {run.outcome ? <p className="font-medium text-[14px]">{run.outcome}</p> : null}
      {run.failure ? <OAuthFailureNote failure={run.failure} /> : null}
      {run.status === 'working' && ((id === 'authorize' && authorization) || id === 'wait') ? (
        <Waiting blocked={flow.blocked} onCancel={onCancel} />
      ) : null}
      {id === 'authorize' && run.status === 'done' && leftOut ? (
        <Notice tone="warn" title="offline_access was left out">
          The server dropped it from what was asked for, since {leftOut}.{' '}
          {client.grants.includes('refresh_token')
            ? 'A refresh token comes all the same: this client may have one. '
            : null}
          To have it on the consent page, switch on “Ask for consent again”.
        </Notice>
      ) : null}
      {id === 'authorize' && authorization && challenge ? (
        <OAuthPkce verifier={authorization.codeVerifier} challenge={challenge} />
      ) : null}
      {withTokens.includes(id) && run.status === 'done' && tokens ? (
        <OAuthTokens tokens={tokens} choices={choices} baseUrl={baseUrl} client={client} />
      ) : null}
      {proof ? <OAuthProof proof={proof} /> : null}
      <OAuthMessages key={run.status === 'working' ? 'working' : 'ended'} messages={run.messages} />
    </>
  )
}

function Waiting({ blocked, onCancel }: { blocked: string | undefined; onCancel: () => void }) {
  return blocked ? (
    <Notice tone="warn" title="Your browser blocked the popup">
      <p>
        <a href={blocked} target="_blank" rel="noopener opener" className="font-medium text-accent underline">
          Open the sign-in page yourself
        </a>
        . It comes back here all the same. To be asked no more, allow popups for this page.
      </p>
    </Notice>
  ) : (
    <div className="flex flex-wrap items-center gap-3 rounded-xl bg-accent-wash px-4 py-3">
      <p className="min-w-0 flex-1 basis-60 text-[14px]">
        <span className="font-semibold text-accent">Waiting for you in the other window.</span> Sign in with a passkey,
        or create one, and allow what the app asks for.
      </p>
      <Button look="small" onClick={onCancel}>
        Stop waiting
      </Button>
    </div>
  )
}
