import { useRef, useState } from 'react'
import type { ClientView } from '#lib/contract/oauth.ts'
import { OAuthForm } from '../../../oauth/oauth-form.tsx'
import { OAuthSteps, saying } from '../../../oauth/oauth-steps.tsx'
import { Button } from '../../../ui/button.tsx'
import { focusMistake } from '../../focus-mistake.ts'
import { scopesFor, stepsOf, type TriedGrant } from './tried-grants.ts'
import { TryItRedirect } from './try-it-redirect.tsx'
import { TryItSecret } from './try-it-secret.tsx'
import { useTryIt } from './use-try-it.ts'

interface Props {
  client: ClientView
  grant: TriedGrant
  baseUrl: string
  secret: string
  onSecret: (secret: string) => void
  onChanged: () => Promise<void>
}

/** One grant of a client, from its beginning to a call of the API: what it needs, what is asked for, what passes. */
export function TryItGrant({ client, grant, baseUrl, secret, onSecret, onChanged }: Props) {
  const { clientId, environment, grants, type, dpopRequired, redirectUris } = client
  const redirectUri = `${baseUrl}/console/oauth-clients/callback`
  const tried = useTryIt({ client, grant, baseUrl, redirectUri })
  const [missing, setMissing] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const confidential = type === 'confidential'
  const comesBack = grant === 'authorization_code'
  const steps = stepsOf(grant, client)

  function run() {
    const lacking = (confidential && !secret.trim()) || (comesBack && !redirectUris.includes(redirectUri))
    setMissing(lacking)
    if (lacking) focusMistake(place.current)
    else tried.run(confidential ? secret.trim() : undefined)
  }

  return (
    <div ref={place} className="@container space-y-5">
      {comesBack ? <TryItRedirect client={client} uri={redirectUri} missing={missing} onChanged={onChanged} /> : null}
      {confidential ? (
        <TryItSecret
          secret={secret}
          error={missing && !secret.trim() ? 'Enter the client’s secret: it shows the server who asks.' : undefined}
          onChange={onSecret}
        />
      ) : null}
      <OAuthForm
        client={{ grants, scopes: scopesFor(grant, client), dpopRequired }}
        choices={tried.choices}
        offered={comesBack ? undefined : ['dpop']}
        onChoose={tried.choose}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button className="max-sm:w-full" onClick={run}>
          {comesBack ? 'Sign in as a user' : grant === 'client_credentials' ? 'Ask for a token' : 'Begin as a device'}
        </Button>
        <output className="min-w-0 flex-1 basis-60 text-[13px] text-soft">
          {tried.flow || grant !== 'client_credentials'
            ? saying(steps, tried.flow)
            : 'Everything that passes is shown here.'}
        </output>
      </div>
      <OAuthSteps
        steps={steps}
        flow={tried.flow}
        baseUrl={baseUrl}
        client={{ clientId, environment, grants }}
        onCancel={tried.cancel}
      />
    </div>
  )
}
