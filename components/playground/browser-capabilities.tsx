'use client'

import { useEffect, useState } from 'react'
import { Icon } from '../ui/icon.tsx'

const named = [
  ['passkeyPlatformAuthenticator', 'passkeys on this device'],
  ['userVerifyingPlatformAuthenticator', 'user verification'],
  ['hybridTransport', 'a phone by QR code'],
  ['conditionalGet', 'autofill'],
  ['extension:prf', 'PRF'],
] as const

type Capabilities = Record<string, boolean>

/**
 * What this browser says that it can do with passkeys. Silent where the browser does not tell.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-getClientCapabilities
 */
export function BrowserCapabilities() {
  const [capabilities, set] = useState<Capabilities>()
  useEffect(() => {
    const ask = globalThis.PublicKeyCredential as { getClientCapabilities?: () => Promise<Capabilities> } | undefined
    ask?.getClientCapabilities?.().then(set, () => undefined)
  }, [])
  if (!capabilities) return null
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <span>This browser:</span>
      {named.map(([name, label]) => (
        <span key={name} className="inline-flex items-center gap-1">
          <Icon
            name={capabilities[name] ? 'check' : 'cross'}
            className={`size-3.5 ${capabilities[name] ? 'text-ok' : ''}`}
          />
          {capabilities[name] ? null : <span className="sr-only">not: </span>}
          {label}
        </span>
      ))}
    </p>
  )
}
