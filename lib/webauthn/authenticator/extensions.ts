import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { fromBase64url, toBase64url } from '../decode/bytes.ts'

/** What a credential keeps for the extensions. */
export interface KeptForExtensions {
  id: string
  discoverable: boolean
  /** What PRF outputs are made with; absent where the authenticator has no PRF. */
  prfSecret?: Uint8Array | undefined
  /** Whether it may keep a blob, and the one that it keeps. */
  keepsBlob: boolean
  largeBlob?: Uint8Array | undefined
}

type Inputs = Readonly<Record<string, unknown>>

interface Outputs {
  /** As JSON, bytes in base64url. */
  client: Record<string, unknown>
  authenticator?: ReadonlyMap<string, unknown>
}

/**
 * What comes of a registration's extensions: credProps, prf, largeBlob. Others are passed over, as WebAuthn has it.
 *
 * @see https://www.w3.org/TR/webauthn-3/#prf-extension
 * @see https://www.w3.org/TR/webauthn-3/#sctn-large-blob-extension
 */
export function registrationOutputs(credential: KeptForExtensions, inputs: Inputs = {}): Outputs {
  const client: Record<string, unknown> = {}
  if (inputs.credProps) client.credProps = { rk: credential.discoverable }
  if (inputs.largeBlob) client.largeBlob = { supported: credential.keepsBlob }
  if (!inputs.prf) return { client }
  const enabled = credential.prfSecret !== undefined
  client.prf = { enabled, ...evaluated(credential, membersOf(inputs.prf)) }
  return { client, ...(enabled ? { authenticator: new Map([['hmac-secret', true]]) } : {}) }
}

/** What comes of a sign-in's extensions; a blob that is written is kept. */
export function assertionOutputs(credential: KeptForExtensions, inputs: Inputs = {}): Outputs {
  const client: Record<string, unknown> = {}
  const { read, write } = membersOf(inputs.largeBlob)
  if (write !== undefined) {
    const bytes = credential.keepsBlob && typeof write === 'string' ? fromBase64url(write) : null
    if (bytes) credential.largeBlob = bytes
    client.largeBlob = { written: bytes !== null }
  } else if (read) {
    client.largeBlob = credential.largeBlob ? { blob: toBase64url(credential.largeBlob) } : {}
  }
  if (inputs.prf) client.prf = evaluated(credential, membersOf(inputs.prf))
  return { client }
}

function evaluated({ id, prfSecret }: KeptForExtensions, prf: Inputs): { results?: Record<string, string> } {
  const salts = membersOf(membersOf(prf.evalByCredential)[id] ?? prf.eval)
  const results = (['first', 'second'] as const).flatMap((name) => {
    const input = typeof salts[name] === 'string' ? fromBase64url(salts[name]) : null
    return input && prfSecret ? [[name, toBase64url(hmac(sha256, prfSecret, saltOf(input)))] as const] : []
  })
  return results.length > 0 ? { results: Object.fromEntries(results) } : {}
}

/** What a page gives is never the authenticator's very salt: https://www.w3.org/TR/webauthn-3/#prf-extension */
function saltOf(input: Uint8Array): Uint8Array {
  return sha256(concatBytes(utf8ToBytes('WebAuthn PRF\0'), input))
}

function membersOf(value: unknown): Inputs {
  return typeof value === 'object' && value !== null ? (value as Inputs) : {}
}
