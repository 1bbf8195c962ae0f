'use client'

import { useEffect, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'

type Obstacle = 'insecure' | 'unsupported'

/** Says at once when no ceremony can work in this browser or at this address, and offers what works here all the same. */
export function BrowserSupport({ onSoftware }: { onSoftware: () => void }) {
  const [obstacle, set] = useState<Obstacle>()
  useEffect(() => {
    if (!window.isSecureContext) set('insecure')
    else if (typeof window.PublicKeyCredential !== 'function') set('unsupported')
  }, [])
  if (!obstacle) return null
  return obstacle === 'insecure' ? (
    <Notice tone="bad" title="Passkeys need HTTPS or localhost">
      This page came over plain HTTP, so the browser hides WebAuthn from it. Open it over HTTPS, or on localhost.
    </Notice>
  ) : (
    <Notice tone="bad" title="This browser has no WebAuthn">
      Open the page in a current Chrome, Edge, Safari or Firefox. Embedded browsers of apps often lack it too.
      <Button look="small" className="mt-2" onClick={onSoftware}>
        Use an authenticator in software
      </Button>
    </Notice>
  )
}
