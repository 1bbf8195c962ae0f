import { privateKey } from './private-key.ts'

/** What a JSON value is, told by the members that it has. */
export interface JsonKind {
  kind: string
  /** With its article. */
  name: string
}

type Json = Readonly<Record<string, unknown>>

const kinds: readonly (JsonKind & { fits: (json: Json) => boolean })[] = [
  {
    kind: 'run',
    name: 'a recorded run',
    fits: (json) => Array.isArray(json.messages) || isObject(json.run) || Array.isArray(json.runs),
  },
  {
    kind: 'registration-response',
    name: 'a registration response',
    fits: (json) => 'attestationObject' in responseIn(json) || typeOf(json) === 'webauthn.create',
  },
  {
    kind: 'authentication-response',
    name: 'an authentication response',
    fits: (json) => 'authenticatorData' in responseIn(json) || typeOf(json) === 'webauthn.get',
  },
  {
    kind: 'creation-options',
    name: 'options for a registration',
    fits: (json) => isObject(askedIn(json).rp) || 'pubKeyCredParams' in askedIn(json),
  },
  {
    kind: 'request-options',
    name: 'options for an authentication',
    fits: (json) => 'challenge' in askedIn(json) && !('type' in json),
  },
  {
    kind: 'client-data',
    name: 'client data',
    fits: ({ type }) => typeof type === 'string' && /^(?:webauthn|payment)\./.test(type),
  },
  {
    kind: privateKey.kind,
    name: privateKey.name,
    fits: (json) => isPrivate(json) || (Array.isArray(json.keys) && json.keys.some(isPrivate)),
  },
  { kind: 'jwk', name: 'a public key as JWK', fits: ({ kty }) => typeof kty === 'string' },
  { kind: 'jwks', name: 'a set of public keys (JWKS)', fits: ({ keys }) => Array.isArray(keys) },
  {
    kind: 'problem',
    name: 'a problem (RFC 9457)',
    fits: (json) => typeof json.status === 'number' && ('title' in json || 'code' in json),
  },
]

/** Whether a JWK holds what only its owner has. */
function isPrivate(json: unknown): boolean {
  return isObject(json) && typeof json.kty === 'string' && ['d', 'k', 'priv'].some((name) => name in json)
}

/** What a JSON value is. What nothing here knows is JSON, and of an array what its first item is. */
export function jsonKind(value: unknown): JsonKind {
  if (Array.isArray(value)) {
    const { name, kind } = jsonKind(value[0])
    const many = value.length === 1 ? '' : `, and ${value.length - 1} more`
    return value.length && kind !== 'json'
      ? { kind: 'list', name: `a list: ${name}${many}` }
      : { kind: 'json', name: 'JSON' }
  }
  const found = isObject(value) ? kinds.find(({ fits }) => fits(value)) : undefined
  return found ? { kind: found.kind, name: found.name } : { kind: 'json', name: 'JSON' }
}

/** The credential in a response: the whole, or what a request to a server holds it in. */
export function credentialIn(value: unknown): Json | undefined {
  if (!isObject(value)) return undefined
  return isObject(value.response) ? value : isObject(value.credential) ? value.credential : undefined
}

function responseIn(json: Json): Json {
  const response = credentialIn(json)?.response
  return isObject(response) ? response : {}
}

/** What a response that is cut says of itself, in client data that may be cut too. */
function typeOf(json: Json): string | undefined {
  const { clientDataJSON } = responseIn(json)
  if (typeof clientDataJSON !== 'string') return undefined
  if (clientDataJSON.startsWith('eyJ0eXBlIjoid2ViYXV0aG4uY3Jl')) return 'webauthn.create'
  return clientDataJSON.startsWith('eyJ0eXBlIjoid2ViYXV0aG4uZ2V0') ? 'webauthn.get' : undefined
}

function askedIn(json: Json): Json {
  return isObject(json.publicKey) ? json.publicKey : json
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Members that are bytes, wherever they stand, with what they are. */
const binary: ReadonlyMap<string, string> = new Map([
  ['clientDataJSON', 'client-data'],
  ['attestationObject', 'attestation-object'],
  ['authenticatorData', 'authenticator-data'],
  ['authData', 'authenticator-data'],
  ['signature', 'signature'],
  ['publicKey', 'public-key'],
  ['credentialPublicKey', 'cose-key'],
])

/** How many of them are read. */
const most = 60

/** A member that is a structure: where it stands, what it is, and how it is written. */
export interface BinaryMember {
  path: string
  kind: string
  written: string | readonly number[]
}

/** The structures that stand in a JSON value, in its order. */
export function binaryMembers(value: unknown): BinaryMember[] {
  const found: BinaryMember[] = []
  const walk = (inner: unknown, path: string) => {
    if (found.length >= most || typeof inner !== 'object' || inner === null) return
    for (const [key, member] of Object.entries(inner)) {
      const at = Array.isArray(inner) ? `${path}[${key}]` : path ? `${path}.${key}` : key
      const kind = binary.get(key) ?? (/(?:^|\.)x5c\[\d+\]$/.test(at) ? 'certificate' : undefined)
      const written = kind && (typeof member === 'string' ? member : byteNumbers(member))
      if (kind && written && found.length < most) found.push({ path: at, kind, written })
      else walk(member, at)
    }
  }
  walk(value, '')
  return found
}

/** The numbers of a list of bytes, as scripts print typed arrays and Buffers; undefined for what is none. */
export function byteNumbers(value: unknown): readonly number[] | undefined {
  const list = isObject(value) ? (Array.isArray(value.data) ? value.data : numbered(value)) : value
  if (!Array.isArray(list) || list.length < 2) return undefined
  return list.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255) ? list : undefined
}

/** `{ "0": 163, "1": 99 }`: what JSON.stringify makes of a Uint8Array. */
function numbered(value: Json): unknown[] | undefined {
  return '0' in value && Object.keys(value).every((key, at) => key === String(at)) ? Object.values(value) : undefined
}
