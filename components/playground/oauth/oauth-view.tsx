'use client'

import { playgroundGrants, playgroundScopes } from '#lib/contract/oauth-scopes.ts'
import type { TenantAnswer } from '#lib/contract/tenant.ts'
import { codeSteps } from '../../oauth/oauth-flow.ts'
import { OAuthForm } from '../../oauth/oauth-form.tsx'
import { nextOf, OAuthSteps, saying } from '../../oauth/oauth-steps.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { OAuthBreak } from '../oauth-break/oauth-break.tsx'
import { shownName } from '../setup/tenant-mark.tsx'
import { OAuthClient } from './oauth-client.tsx'
import { OAuthTakeAlong } from './oauth-take-along.tsx'
import { useOAuth } from './use-oauth.ts'

interface Props {
  tenant: TenantAnswer
  clientId: string
  /** The built-in client of another tenant, where there is one. */
  otherClientId: string | undefined
  baseUrl: string
  username: string
  /** Software authenticators answer in this page. */
  inSoftware: boolean
}

/** The whole flow with the built-in client: chosen above, performed below, step by step or all at once. */
export function OAuthView({ tenant, clientId, otherClientId, baseUrl, username, inSoftware }: Props) {
  const { choices, choose, flow, authorize, runAll, perform, cancel } = useOAuth({
    baseUrl,
    clientId,
    loginHint: username || undefined,
  })
  const client = { clientId, environment: 'test', grants: playgroundGrants, scopes: playgroundScopes } as const
  const beginning = nextOf(codeSteps, flow) === 'authorize'

  return (
    <div className="@container">
      <OAuthClient tenant={tenant} clientId={clientId} />
      <div className="mt-5">
        <OAuthForm client={client} choices={choices} onChoose={choose} />
      </div>
      {inSoftware ? (
        <div className="mt-5">
          <Notice title="The sign-in takes an authenticator of the browser’s">
            It is on a page of the server’s own, in a window. The software authenticator answers in this page alone.
          </Notice>
        </div>
      ) : null}
      <div className="mt-5 flex flex-wrap items-center gap-3">
        <Button look={beginning ? 'primary' : 'secondary'} className="max-sm:w-full" onClick={authorize}>
          Authorize in a popup
        </Button>
        <Button look="secondary" className="max-sm:w-full" onClick={runAll}>
          Run it all
        </Button>
        <output className="min-w-0 flex-1 basis-60 text-[13px] text-soft">{saying(codeSteps, flow)}</output>
      </div>
      <OAuthSteps
        steps={codeSteps}
        flow={flow}
        baseUrl={baseUrl}
        client={client}
        onPerform={(step) => (step === 'authorize' ? undefined : () => perform(step))}
        onCancel={cancel}
      />
      <OAuthBreak
        {...{ baseUrl, clientId, otherClientId }}
        allowed={flow?.code !== undefined && flow.choices.scopes.includes('openid')}
        tenantName={shownName(tenant)}
      />
      <OAuthTakeAlong baseUrl={baseUrl} clientId={clientId} scopes={choices.scopes} dpop={choices.dpop} />
    </div>
  )
}
