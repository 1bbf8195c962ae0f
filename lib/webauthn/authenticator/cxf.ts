import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { toBase64url } from '../decode/bytes.ts'
import { dictionary } from '../dictionary.ts'
import { noAaguid } from './credential.ts'
import { deflated, inflated } from './deflate.ts'
import { ForeignMembers, type LeftOut, shortened } from './foreign-members.ts'
import { limits } from './import-limits.ts'
import { keyOfPkcs8 } from './private-key-algorithm.ts'
import type { WebCredential } from './web-authenticator.ts'
import { exportWebKey } from './web-key.ts'

/**
 * Passkeys as a file of FIDO's Credential Exchange Format, one item each. A passkey whose counter has moved is left out, as
 * the format has it: its importer could not go on counting.
 *
 * @param exporter the RP ID of who exports
 * @see https://fidoalliance.org/specs/cx/cxf-v1.0-ps-20250814.html
 */
export async function toCxf(
  credentials: readonly WebCredential[],
  exporter: string,
  now: Date,
): Promise<{ file: object; left: LeftOut[] }> {
  const counted = ({ signCount }: WebCredential) => signCount > 0
  const items = await Promise.all(
    credentials
      .filter((credential) => !counted(credential))
      .map(async (credential) => ({
        id: toBase64url(sha256(utf8ToBytes(credential.id)).slice(0, 16)),
        title: `${credential.username ?? 'A passkey'} at ${credential.rpId}`,
        credentials: [await passkeyOf(credential)],
      })),
  )
  return {
    file: {
      version: { major: 1, minor: 0 },
      exporterRpId: exporter,
      exporterDisplayName: 'WebAuthn Playground',
      timestamp: Math.floor(now.getTime() / 1000),
      accounts: [
        { id: toBase64url(utf8ToBytes(exporter).slice(0, 64)), username: '', email: '', collections: [], items },
      ],
    },
    left: credentials.filter(counted).map(({ username, rpId }) => ({
      where: `${username ?? 'A passkey'} at ${rpId}`,
      why: 'has a signature counter that is not zero, and the format takes none such',
    })),
  }
}

async function passkeyOf(credential: WebCredential) {
  const { prfSecret, largeBlob, username = '', displayName = username } = credential
  const extensions = {
    ...(prfSecret
      ? {
          hmacCredentials: {
            algorithm: 'hmac-sha256',
            credWithUV: toBase64url(prfSecret),
            // WebAuthn's PRF never uses it; the format wants it, and CTAP that it is another.
            credWithoutUV: toBase64url(hmac(sha256, prfSecret, utf8ToBytes('without user verification'))),
          },
        }
      : {}),
    ...(largeBlob
      ? { largeBlob: { uncompressedSize: largeBlob.length, data: toBase64url(await deflated(largeBlob)) } }
      : {}),
  }
  return {
    type: 'passkey',
    credentialId: credential.id,
    rpId: credential.rpId,
    username,
    userDisplayName: displayName,
    userHandle: credential.userHandle,
    key: toBase64url(await exportWebKey(credential)),
    ...(Object.keys(extensions).length ? { fido2Extensions: extensions } : {}),
  }
}

/** Every credential of such a file that says it is a passkey, with its path; what else is in it is written down. */
export function passkeysOfCxf(file: unknown, left: LeftOut[]): { value: unknown; where: string }[] {
  const accounts = listOf(dictionary(file)?.accounts, 'accounts', left)
  return accounts.flatMap(({ value: account, where }) =>
    listOf(dictionary(account)?.items, `${where}.items`, left).flatMap(({ value: item, where: at }) =>
      listOf(dictionary(item)?.credentials, `${at}.credentials`, left).filter((credential) => {
        const type = dictionary(credential.value)?.type
        if (type === 'passkey') return true
        left.push({
          where: credential.where,
          why: `is ${typeof type === 'string' ? `of the type ${shortened(type)}` : 'of no type'}, and no passkey`,
        })
        return false
      }),
    ),
  )
}

function listOf(value: unknown, where: string, left: LeftOut[]): { value: unknown; where: string }[] {
  if (!Array.isArray(value)) {
    left.push({ where, why: 'is no list' })
    return []
  }
  if (value.length > limits.credentials) left.push({ where, why: `is long: its first ${limits.credentials} are read` })
  return value.slice(0, limits.credentials).map((each, at) => ({ value: each, where: `${where}[${at}]` }))
}

/**
 * Reads one passkey of that format. What cannot be taken is written down; undefined where that is the passkey. Whoever
 * exchanges it has it backed up, and its counter stays zero, as the format has it.
 */
export async function fromCxfPasskey(
  value: unknown,
  where: string,
  left: LeftOut[],
): Promise<WebCredential | undefined> {
  const read = new ForeignMembers(value, where, left)
  read.any('type')
  const id = read.bytes('credentialId', limits.credentialId)
  const rpId = read.text('rpId', limits.rpId)
  const username = read.text('username', limits.name)
  const displayName = read.text('userDisplayName', limits.name)
  const userHandle = read.bytes('userHandle', limits.userHandle)
  const pkcs8 = read.bytes('key', limits.privateKey)
  const extensions = read.any('fido2Extensions')
  read.rest()
  for (const [name, member] of Object.entries({ credentialId: id, rpId, userHandle, key: pkcs8 }))
    if (!member && !read.has(name)) read.leave(name, 'is missing')
  if (!id || !rpId || !userHandle || !pkcs8) return undefined
  const key = await keyOfPkcs8(pkcs8)
  if (!key) {
    read.leave('key', 'is no private key in PKCS #8 that can be signed with here')
    return undefined
  }
  const { prfSecret, largeBlob } =
    extensions === undefined ? {} : await fromExtensions(extensions, read.path('fido2Extensions'), left)
  return {
    ...key,
    id: toBase64url(id),
    rpId,
    aaguid: noAaguid,
    userHandle: toBase64url(userHandle),
    username,
    displayName,
    discoverable: true,
    signCount: 0,
    counts: false,
    backupEligible: true,
    backedUp: true,
    prfSecret,
    keepsBlob: largeBlob !== undefined,
    largeBlob,
  }
}

async function fromExtensions(value: unknown, where: string, left: LeftOut[]) {
  const read = new ForeignMembers(value, where, left)
  const hmacs = read.any('hmacCredentials')
  const blob = read.any('largeBlob')
  read.rest()
  return {
    prfSecret:
      hmacs === undefined ? undefined : secretOf(new ForeignMembers(hmacs, read.path('hmacCredentials'), left)),
    largeBlob: blob === undefined ? undefined : await blobOf(new ForeignMembers(blob, read.path('largeBlob'), left)),
  }
}

function secretOf(read: ForeignMembers): Uint8Array | undefined {
  const algorithm = read.text('algorithm', limits.name)
  const secret = read.bytes('credWithUV', { least: 32, most: 32 })
  read.any('credWithoutUV')
  if (algorithm === 'hmac-sha256') return secret
  read.leave('algorithm', 'is not hmac-sha256')
  return undefined
}

async function blobOf(read: ForeignMembers): Promise<Uint8Array | undefined> {
  const size = read.count('uncompressedSize')
  const data = read.bytes('data', limits.largeBlob)
  if (!data) return undefined
  const blob = await inflated(data, limits.largeBlob.most)
  if (blob && blob.length === size) return blob
  read.leave(
    'data',
    blob
      ? 'is not of its uncompressedSize'
      : `is not compressed by DEFLATE, or holds more than ${limits.largeBlob.most} bytes`,
  )
  return undefined
}
