import { useEffect, useState } from 'react'
import type { TenantAnswer } from '#lib/contract/tenant.ts'
import { isAppOrigin } from '#lib/webauthn/origin.ts'
import { Notice } from '../../ui/notice.tsx'

interface TenantWarningsProps {
  answer: TenantAnswer
  /** Scopes of the key that administer the tenant. */
  admin: readonly string[]
}

/** What will go wrong with this key on this page, said before it does. */
export function TenantWarnings({ answer, admin }: TenantWarningsProps) {
  const { environment, relyingParty, tenant } = answer
  const [origin, setOrigin] = useState<string>()
  useEffect(() => setOrigin(location.origin), [])
  // An app's origin is no address to open.
  const allowed = relyingParty.origins.find((each) => !isAppOrigin(each))
  const foreign = origin && relyingParty.origins.length && !relyingParty.origins.includes(origin)
  return (
    <>
      {environment === 'live' ? (
        <Notice tone="bad" title="A live key does not belong in a browser">
          Whoever can open this page’s developer tools can read it. Test with a test key, and if this page is not yours,
          revoke this one.
        </Notice>
      ) : null}
      {admin.length ? (
        <Notice tone="bad" title="This key can administer the tenant">
          It holds {admin.join(', ')}. A key for a browser needs only passkeys:register and passkeys:authenticate.
        </Notice>
      ) : null}
      {foreign ? (
        <Notice tone="warn" title={`${tenant.name} does not allow this origin`}>
          This page is on <span className="font-mono">{origin}</span>. Ceremonies work{' '}
          {allowed ? (
            <>
              on{' '}
              <a href={`${allowed}/playground`} className="font-mono text-ink underline underline-offset-2">
                {allowed}
              </a>
            </>
          ) : (
            'in its apps only'
          )}
          .
        </Notice>
      ) : null}
    </>
  )
}
