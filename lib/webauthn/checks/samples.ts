import { DER } from '@noble/curves/abstract/der.js'
import { encode } from 'cborg'
import { fromBase64url, toBase64url } from '../decode/bytes.ts'
import type { AuthenticatorData, Decoded } from '../decode/index.ts'
import {
  type AuthenticationContext,
  authenticationChecks,
  type Check,
  failed,
  type RegistrationContext,
  registrationChecks,
} from './index.ts'

/**
 * Changes a good context into the one under test. It takes anything, as it stands for what a hostile client sends.
 */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Change = (context: any) => void

/** What is wrong, how it becomes wrong, and the only check that fails. */
export type Row = [what: string, change: Change, failure: string]

export const bytes = (text: string) => fromBase64url(text) ?? new Uint8Array()

export const decoded = <T>(value?: T, ...errors: string[]): Decoded<T> => ({
  node: { name: 'test', children: errors.map((error) => ({ name: 'part', error })) },
  errors,
  ...(value === undefined ? {} : { value }),
})

/** Bytes after a structure that has none. */
export const left = ({ node }: Decoded<unknown>) => node.children?.push({ name: 'leftover bytes', error: '1 byte' })

const id = toBase64url(new Uint8Array(32).fill(7))
export const challenge = toBase64url(new Uint8Array(32).fill(0xfb))
const rpIdHash = new Uint8Array(32).fill(1)

/** A COSE_Key for ES256, changed. */
export function coseKey(change: (key: Map<number, unknown>) => void = () => {}): Uint8Array {
  const key = new Map<number, unknown>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, bytes('Sc41eeN9DWpC4CWVNsaL17oFiAeq18e8F0nY4QdUF28')],
    [-3, bytes('aTIcizx2yWVLQIAJy2NSfkTLvn4-J_oQfmJIXhB4Nus')],
  ])
  change(key)
  return encode(key)
}

export function authenticatorData(flags: Partial<AuthenticatorData['flags']> = {}): AuthenticatorData {
  const set = { up: true, uv: true, be: false, bs: false, at: true, ed: false, byte: 0x45, ...flags }
  return {
    rpIdHash,
    flags: set,
    signCount: 6,
    attestedCredentialData: {
      aaguid: '00000000-0000-0000-0000-000000000000',
      credentialId: bytes(id),
      credentialPublicKey: coseKey(),
      publicKey: { kty: 2, alg: -7, crv: 1 },
    },
  }
}

/** The checks of a good registration, changed. */
export function registration(change: Change = () => {}): Check[] {
  const data = authenticatorData()
  const context: RegistrationContext = {
    credential: { id, rawId: id, type: 'public-key' },
    clientData: decoded({ type: 'webauthn.create', challenge, origin: 'http://localhost:3000', crossOrigin: false }),
    attestationObject: decoded({ fmt: 'none', attStmt: new Map(), authData: new Uint8Array(164) }),
    authenticatorData: decoded(data),
    rpIdHash,
    clientExtensionResults: { credProps: { rk: true } },
    expected: {
      challenge,
      origins: ['http://localhost:3000', 'https://example.org'],
      rpId: 'localhost',
      userVerification: 'required',
      algorithms: [-8, -7, -257],
      extensions: ['credProps'],
    },
    registered: 'no',
    opinion: { outcome: 'verified' },
    attestation: { verified: true, trusted: false },
  }
  change(context)
  return registrationChecks(context)
}

/** The checks of a good authentication, changed. */
export function authentication(change: Change = () => {}): Check[] {
  const { attestedCredentialData: _, ...data } = authenticatorData({ at: false, byte: 5 })
  const context: AuthenticationContext = {
    credential: { id, rawId: id, type: 'public-key' },
    clientData: decoded({ type: 'webauthn.get', challenge, origin: 'http://localhost:3000', crossOrigin: false }),
    authenticatorData: decoded(data),
    rpIdHash,
    clientExtensionResults: {},
    expected: {
      challenge,
      origins: ['http://localhost:3000'],
      rpId: 'localhost',
      userVerification: 'required',
      allowCredentials: [id],
      user: { id: 'user_1', handle: 'aGFuZGxl' },
    },
    userHandle: 'aGFuZGxl',
    passkey: { userId: 'user_1', userHandle: 'aGFuZGxl', signCount: 5, backupEligible: false },
    signature: { valid: true },
    opinion: { outcome: 'verified' },
  }
  change(context)
  return authenticationChecks(context)
}

export const failures = (checks: Check[]) => failed(checks).map((check) => check.id)

/** What looks like an ECDSA signature and is not DER, each made of a good one. */
export function notDer(signature: Uint8Array): [what: string, bytes: Uint8Array][] {
  const { r, s } = DER.toSig(signature)
  const tlv = (tag: number, ...value: number[]) => [tag, ...(value.length < 128 ? [] : [0x81]), value.length, ...value]
  const octets = (number: bigint) => [...Buffer.from(DER._int.encode(number), 'hex')]
  const [R, S] = [octets(r), octets(s)]
  const [first, second] = [tlv(2, ...R), tlv(2, ...S)]
  const bytes = (...values: number[]) => Uint8Array.from(values)
  return [
    ['a byte after it', bytes(...signature, 0)],
    ['a third element', bytes(...tlv(0x30, ...first, ...second, 2, 1, 1))],
    ['one element', bytes(...tlv(0x30, ...first))],
    ['its length in the long form', bytes(0x30, 0x82, 0, first.length + second.length, ...first, ...second)],
    ['the length of r in the long form', bytes(...tlv(0x30, 2, 0x81, R.length, ...R, ...second))],
    ['no length', bytes(0x30, 0x80, ...first, ...second, 0, 0)],
    ['a padded r', bytes(...tlv(0x30, ...tlv(2, 0, ...R), ...second))],
    ['a padded s', bytes(...tlv(0x30, ...first, ...tlv(2, 0, ...S)))],
    ['a negative s', bytes(...tlv(0x30, ...first, ...tlv(2, 0x80 | (S[0] ?? 0), ...S.slice(1))))],
    ['an empty s', bytes(...tlv(0x30, ...first, 2, 0))],
    ['r and s without their frame', bytes(...R.slice(-32), ...S.slice(-32))],
  ]
}
