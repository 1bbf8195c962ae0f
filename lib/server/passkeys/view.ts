import type { AttestationSource } from '#lib/contract/attestation.ts'
import { providerOf } from '#lib/webauthn/aaguid.ts'
import type { Passkey, User } from '../../contract/passkeys.ts'

/** A user as the API shows them. */
export function userView(user: User): User {
  return { id: user.id, username: user.username, displayName: user.displayName }
}

interface Row {
  id: string
  credentialId: string
  name: string
  aaguid: string
  backupEligible: boolean
  backedUp: boolean
  transports: string
  algorithm: number
  attestationFormat: string
  attestationTrusted: boolean
  attestationSource: string | null
  attestationRoot: string | null
  attestationStatus: string
  attestationDescription: string | null
  signCount: bigint
  createdAt: Date
  lastUsedAt: Date | null
}

/** A passkey as the API shows it. */
export function passkeyView(row: Row): Passkey {
  return {
    id: row.id,
    credentialId: row.credentialId,
    name: row.name,
    aaguid: row.aaguid,
    provider: providerOf(row.aaguid),
    deviceType: deviceTypeOf(row.backupEligible),
    backedUp: row.backedUp,
    transports: row.transports === '' ? [] : row.transports.split(' '),
    algorithm: row.algorithm,
    attestation: {
      format: row.attestationFormat,
      trusted: row.attestationTrusted,
      source: row.attestationSource as AttestationSource | null,
      root: row.attestationRoot,
      status: row.attestationStatus === '' ? [] : row.attestationStatus.split(' '),
      description: row.attestationDescription,
    },
    signCount: Number(row.signCount),
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }
}

/** Whether a passkey can be on several devices: its authenticator says so when it is made. */
export function deviceTypeOf(backupEligible: boolean): Passkey['deviceType'] {
  return backupEligible ? 'multiDevice' : 'singleDevice'
}
