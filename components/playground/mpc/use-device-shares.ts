import { useCallback, useRef } from 'react'
import type { TenantAnswer } from '#lib/contract/tenant.ts'
import { type DeviceShares, deviceShares } from './device-shares.ts'

interface Of {
  tenant: TenantAnswer
  userId: string
  /** The passkey that signed in. */
  credentialId: string
}

/** This browser's shares of a user, and the place of a key's among them. Both stay the same functions. */
export function useDeviceShares({ tenant, userId, credentialId }: Of) {
  const store = useRef<{ of: string; shares: DeviceShares }>(undefined)
  const rpId = tenant.relyingParty.id
  const shares = useCallback(() => {
    const of = JSON.stringify([rpId, credentialId])
    if (store.current?.of !== of) store.current = { of, shares: deviceShares({ rpId, credentialId }) }
    return store.current.shares
  }, [rpId, credentialId])
  const place = useCallback(
    (keyId: string) => ({ tenantId: tenant.tenant.id, environment: tenant.environment, userId, keyId }),
    [tenant, userId],
  )
  return { shares, place }
}
