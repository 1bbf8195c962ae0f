import { toBase64url } from '../decode/bytes.ts'
import { decodeAttestationObject, decodeAuthenticatorData, decodeClientData } from '../decode/index.ts'
import { byteNumbers, credentialIn, isObject } from '../decode/json-kinds.ts'
import { writtenBytes } from '../decode/written-bytes.ts'

/** A response as its browser wrote it: bytes in base64url without padding. */
export interface RecordedCredential {
  id: string
  rawId: string
  type: string
  clientExtensionResults: Readonly<Record<string, unknown>>
  response: {
    clientDataJSON: string
    attestationObject?: string
    authenticatorData?: string
    signature?: string
    userHandle?: string
  }
}

const members = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'] as const

/**
 * The credential in JSON that somebody recorded, its bytes rewritten in base64url; undefined where there is none. Logs write
 * them in base64, hex or as numbers, and leave out what they do not need: an `id` alone stands for `rawId`, too.
 */
export function recordedCredential(value: unknown): RecordedCredential | undefined {
  const credential = credentialIn(value)
  if (!credential || !isObject(credential.response)) return undefined
  const { response, id, rawId, type, clientExtensionResults } = credential
  // An ID alone may be either, so that all of it is written as the client data is.
  const inHex = typeof response.clientDataJSON === 'string' && isHex(response.clientDataJSON)
  const written = Object.fromEntries(
    members.flatMap((member) => {
      const text = urlSafe(response[member], inHex)
      return text === undefined ? [] : [[member, text]]
    }),
  )
  if (written.clientDataJSON === undefined) return undefined
  const outer = urlSafe(id ?? rawId, inHex) ?? ''
  return {
    id: outer,
    rawId: urlSafe(rawId, inHex) ?? outer,
    type: typeof type === 'string' ? type : 'public-key',
    clientExtensionResults: isObject(clientExtensionResults) ? clientExtensionResults : {},
    response: written as RecordedCredential['response'],
  }
}

function isHex(text: string): boolean {
  return /^(?:[\da-f]{2})+$/i.test(text)
}

function urlSafe(value: unknown, inHex: boolean): string | undefined {
  const numbers = byteNumbers(value)
  if (numbers) return toBase64url(Uint8Array.from(numbers))
  if (typeof value !== 'string') return undefined
  if (/^[\w-]*$/.test(value) && !(inHex && isHex(value))) return value
  const [read] = writtenBytes(value)
  return read ? toBase64url(read.bytes) : value
}

/**
 * What a response says of the ceremony that it answers: its own challenge and origin, and the RP ID among the origin's host
 * and what that ends in whose hash it holds. To begin with, and to prove nothing.
 */
export async function saidOfItself({
  response,
}: RecordedCredential): Promise<{ challenge: string; origin: string; rpId: string }> {
  const bytes = (text = '') => writtenBytes(text)[0]?.bytes ?? new Uint8Array()
  const { challenge, origin } = decodeClientData(bytes(response.clientDataJSON)).value ?? {}
  const data = response.attestationObject
    ? decodeAttestationObject(bytes(response.attestationObject)).value?.authenticatorData?.value
    : decodeAuthenticatorData(bytes(response.authenticatorData)).value
  return {
    challenge: typeof challenge === 'string' ? challenge : '',
    origin: typeof origin === 'string' ? origin : '',
    rpId: data && typeof origin === 'string' ? await rpIdOf(origin, toBase64url(data.rpIdHash)) : '',
  }
}

async function rpIdOf(origin: string, hash: string): Promise<string> {
  if (!URL.canParse(origin)) return ''
  const labels = new URL(origin).hostname.split('.').slice(-16)
  for (const at of labels.keys()) {
    const name = labels.slice(at).join('.')
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(name))
    if (toBase64url(new Uint8Array(digest)) === hash) return name
  }
  return ''
}
