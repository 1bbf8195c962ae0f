'use client'

import { playgroundClientId } from '#lib/contract/oauth-scopes.ts'
import { Button, linkButton } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Late } from '../../ui/late.tsx'
import type { DemoKey } from '../setup/demo-key.ts'
import type { KeyCheck } from '../state.ts'

const loadView = () => import('./oauth-view.tsx')

export interface OAuthStartProps {
  keyCheck: KeyCheck
  username: string
  baseUrl: string
  builtInApp: boolean
  /** Software authenticators answer in this page. */
  inSoftware: boolean
  demoKeys: readonly DemoKey[]
  onBorrow: (demo: DemoKey) => void
}

/** The flow, or what is missing for it. */
export function OAuthStart({
  keyCheck,
  username,
  baseUrl,
  builtInApp,
  inSoftware,
  demoKeys,
  onBorrow,
}: OAuthStartProps) {
  const [demo] = demoKeys
  if (!builtInApp)
    return (
      <Empty
        title="The built-in app is for demonstrations"
        action={
          <a href="/console/oauth-clients" className={linkButton}>
            OAuth clients in the Console
          </a>
        }
      >
        This server runs without them, so nobody gets into a tenant’s users by an app that the tenant did not make. Make
        a client in the Console; its page has the code for the whole flow.
      </Empty>
    )
  if (location.origin !== baseUrl)
    return (
      <Empty
        title="This page is not at the server’s own address"
        action={
          <a href={`${baseUrl}/playground`} className={linkButton}>
            Open it there
          </a>
        }
      >
        The flow comes back to {baseUrl}, and only there. OAuth compares addresses to the letter.
      </Empty>
    )
  if (keyCheck.status !== 'ready')
    return (
      <Empty
        title="Watch an app sign its user in"
        action={demo ? <Button onClick={() => onBorrow(demo)}>Begin with {demo.tenantName}</Button> : undefined}
      >
        OAuth 2.0 and OpenID Connect from end to end, with an app that is already there: authorize, exchange, refresh,
        userinfo, introspect, revoke. Each message is shown raw and explained.{' '}
        {demo ? 'It takes a test key.' : 'Enter a test key to begin.'}
      </Empty>
    )
  const { tenant, environment } = keyCheck.tenant
  if (environment !== 'test')
    return (
      <Empty
        title="The built-in app is of test environments"
        action={
          <a href="/console/oauth-clients" className={linkButton}>
            OAuth clients in the Console
          </a>
        }
      >
        This key is live, and nothing gets into {tenant.name}’s live environment without being made there. Make a client
        in the Console, or use a test key here.
      </Empty>
    )
  const clientId = playgroundClientId(tenant.id)
  const other = demoKeys.find(({ tenantId }) => tenantId !== tenant.id)
  return (
    <Late load={loadView}>
      {({ OAuthView }) => (
        <OAuthView
          key={clientId}
          tenant={keyCheck.tenant}
          clientId={clientId}
          otherClientId={other && playgroundClientId(other.tenantId)}
          baseUrl={baseUrl}
          username={username}
          inSoftware={inSoftware}
        />
      )}
    </Late>
  )
}
