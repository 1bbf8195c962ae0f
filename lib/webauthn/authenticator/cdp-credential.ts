import { fromBase64url, toBase64url } from '../decode/bytes.ts'
import { noAaguid } from './credential.ts'
import { ForeignMembers, type LeftOut } from './foreign-members.ts'
import { limits } from './import-limits.ts'
import { keyOfPkcs8 } from './private-key-algorithm.ts'
import type { WebCredential } from './web-authenticator.ts'
import { exportWebKey } from './web-key.ts'

/**
 * A credential as the Chrome DevTools Protocol hands it to and from virtual authenticators. Bytes are base64.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/#type-Credential
 */
export interface CdpCredential {
  credentialId: string
  isResidentCredential: boolean
  rpId?: string
  /** PKCS #8. */
  privateKey: string
  userHandle?: string
  signCount: number
  largeBlob?: string
  backupEligibility?: boolean
  backupState?: boolean
  userName?: string
  userDisplayName?: string
}

/** A credential in the protocol's shape, as `WebAuthn.addCredential` takes it. What a PRF is made with has no member there. */
export async function toCdpCredential(credential: WebCredential, pkcs8?: Uint8Array): Promise<CdpCredential> {
  const { largeBlob, username, displayName } = credential
  return {
    credentialId: base64(fromBase64url(credential.id) ?? new Uint8Array()),
    isResidentCredential: credential.discoverable,
    rpId: credential.rpId,
    privateKey: base64(pkcs8 ?? (await exportWebKey(credential))),
    ...(credential.discoverable
      ? { userHandle: base64(fromBase64url(credential.userHandle) ?? new Uint8Array()) }
      : {}),
    signCount: credential.signCount,
    ...(largeBlob ? { largeBlob: base64(largeBlob) } : {}),
    backupEligibility: credential.backupEligible,
    backupState: credential.backedUp,
    ...(username ? { userName: username } : {}),
    ...(displayName ? { userDisplayName: displayName } : {}),
  }
}

/**
 * Reads one credential of that shape. What cannot be taken is written down; undefined where that is the credential. The
 * protocol says neither its AAGUID nor its PRF: it has none of either.
 */
export async function fromCdpCredential(
  value: unknown,
  where: string,
  left: LeftOut[],
): Promise<WebCredential | undefined> {
  const read = new ForeignMembers(value, where, left)
  const id = read.bytes('credentialId', limits.credentialId)
  const rpId = read.text('rpId', limits.rpId)
  const pkcs8 = read.bytes('privateKey', limits.privateKey)
  const userHandle = read.bytes('userHandle', limits.userHandle)
  const discoverable = read.flag('isResidentCredential') ?? false
  const signCount = read.count('signCount')
  const largeBlob = read.bytes('largeBlob', limits.largeBlob)
  const backupEligible = read.flag('backupEligibility') ?? false
  const backedUp = read.flag('backupState') ?? false
  const username = read.text('userName', limits.name)
  const displayName = read.text('userDisplayName', limits.name)
  read.rest()
  const needed = { credentialId: id, rpId, privateKey: pkcs8, ...(discoverable ? { userHandle } : {}) }
  for (const [name, member] of Object.entries(needed)) if (!member && !read.has(name)) read.leave(name, 'is missing')
  if (!id || !rpId || !pkcs8 || (discoverable && !userHandle)) return undefined
  const key = await keyOfPkcs8(pkcs8)
  if (!key) {
    read.leave('privateKey', 'is no private key in PKCS #8 that can be signed with here')
    return undefined
  }
  if (backedUp && !backupEligible) read.leave('backupState', 'is true, and backupEligibility is not: taken as false')
  return {
    ...key,
    id: toBase64url(id),
    rpId,
    aaguid: noAaguid,
    userHandle: toBase64url(userHandle ?? new Uint8Array()),
    username,
    displayName,
    discoverable,
    signCount: Math.max(0, signCount ?? 0),
    // A synced passkey that has counted elsewhere goes on: a server would take it for a copy.
    counts: signCount !== -1 && (!backupEligible || (signCount ?? 0) > 0),
    backupEligible,
    backedUp: backedUp && backupEligible,
    keepsBlob: largeBlob !== undefined,
    largeBlob,
  }
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
