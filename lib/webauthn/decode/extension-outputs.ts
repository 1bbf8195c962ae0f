import { decodeCbor } from './cbor.ts'
import { entryNode } from './cbor-node.ts'
import type { DecodedNode } from './node.ts'

const notes: ReadonlyMap<unknown, string> = new Map([
  [
    'credProtect',
    'when the passkey may be used: 1 always, 2 with its ID known or the user verified, 3 user verified only',
  ],
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
    if (note) child.note = note
    if (entry.key.type !== 'string') child.error ??= 'an extension’s identifier must be text'
    return child
  })
  return { node, value: item.value as Map<unknown, unknown>, length: end }
}
