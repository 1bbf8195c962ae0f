import { type CborItem, decodeCbor } from './cbor.ts'
import { entryNode } from './cbor-node.ts'
import type { DecodedNode } from './node.ts'

const notes: ReadonlyMap<unknown, string> = new Map([
  ['credProtect', 'when the passkey may be used'],
  ['hmac-secret', 'a secret for the relying party, encrypted; true when the credential can make one (PRF)'],
  ['hmac-secret-mc', 'the same secret, given already at registration'],
  ['credBlob', 'a few bytes kept with the credential; true when they were stored'],
  ['minPinLength', 'the shortest PIN that the authenticator accepts'],
  ['uvm', 'how the user was verified'],
  ['thirdPartyPayment', 'whether the credential may be used for payments on other sites'],
])

/**
 * Reads the authenticator extension outputs that the bytes begin with; `length` is how many of them they take.
 *
 * @see https://www.w3.org/TR/webauthn-3/#authenticator-extension-output
 */
export function decodeExtensions(bytes: Uint8Array): {
  node: DecodedNode
  value?: Map<unknown, unknown>
  length: number
} {
  const { item, end } = decodeCbor(bytes)
  const node: DecodedNode = {
    name: 'extensions',
    note: 'what the authenticator answers to extensions',
    range: [0, end],
    spec: 'https://www.w3.org/TR/webauthn-3/#authenticator-extension-output',
  }
  if (!item.entries) {
    node.error = bytes.length === 0 ? 'the flag ED is set, and nothing follows' : (item.error ?? 'a CBOR map is needed')
    return { node, length: end }
  }
  if (item.error) node.error = item.error
  node.children = item.entries.map((entry) => {
    const child = entryNode(entry)
    const note = notes.get(entry.key.value)
    const says = meaningOf(entry.key.value, entry.item)
    if (note) child.note = says ? `${note}: ${says}` : note
    if (entry.key.type !== 'string') child.error ??= 'an extension’s identifier must be text'
    return child
  })
  return { node, value: item.value as Map<unknown, unknown>, length: end }
}

const credProtect: Readonly<Record<number, string>> = {
  1: 'user verification optional',
  2: 'user verification optional with the credential’s ID known',
  3: 'user verification required',
}

/** FIDO's registry of how users are verified, the bits of its first number. */
const methods: Readonly<Record<number, string>> = {
  1: 'presence',
  2: 'fingerprint',
  4: 'passcode',
  8: 'voice',
  16: 'face',
  32: 'location',
  64: 'eye',
  128: 'pattern',
  256: 'hand',
  512: 'none',
  1024: 'all of them',
}

/** What a value says, where it does not say it itself. */
function meaningOf(name: unknown, { value }: CborItem): string | undefined {
  if (name === 'credProtect') return credProtect[Number(value)]
  if (name === 'hmac-secret' && value instanceof Uint8Array)
    return `${value.length > 48 ? 'two secrets' : 'one secret'}, encrypted`
  if (name !== 'uvm' || !Array.isArray(value)) return undefined
  return value.map((entry) => methods[Number(Array.isArray(entry) ? entry[0] : -1)] ?? 'unknown').join(', ')
}
