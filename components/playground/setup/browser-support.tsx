'use client'

import { useEffect, useState } from 'react'
import { Notice } from '../../ui/notice.tsx'

type Obstacle = 'insecure' | 'unsupported'

/** Says at once when no ceremony can work in this browser or at this address. */
export function BrowserSupport() {
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
    </Notice>
  )
}
