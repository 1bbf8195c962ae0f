import type { DecodedNode } from './node.ts'
import type { Flags } from './structures.ts'

const bits = [
  ['UP', 'user present', 'somebody touched the authenticator', 'nobody was asked to be there'],
  ['UV', 'user verified', 'a PIN, finger or face was checked', 'the authenticator did not check who it was'],
  ['BE', 'backup eligible', 'the passkey may be synced to other devices', 'the passkey never leaves its authenticator'],
  ['BS', 'backed up', 'the passkey is synced or backed up now', 'the passkey is not backed up now'],
  ['AT', 'attested credential data', 'a new credential follows', 'no credential follows'],
  ['ED', 'extension data', 'extension outputs follow', 'no extension outputs follow'],
] as const

/** Bit numbers, in the order of the byte's least significant bit first. */
const order = ['UP', 'RFU1', 'UV', 'BE', 'BS', 'RFU2', 'AT', 'ED'] as const

/**
 * Reads the flags byte, with a node for every bit.
 *
 * @see https://www.w3.org/TR/webauthn-3/#authdata-flags
 */
export function decodeFlags(byte: number): { node: DecodedNode; value: Flags } {
  const isSet = (name: (typeof order)[number]) => ((byte >> order.indexOf(name)) & 1) === 1
  const value: Flags = {
    up: isSet('UP'),
    uv: isSet('UV'),
    be: isSet('BE'),
    bs: isSet('BS'),
    at: isSet('AT'),
    ed: isSet('ED'),
    byte,
  }
  const children = order.map((name, bit): DecodedNode => {
    const set = isSet(name)
    return { name, value: set ? '1' : '0', note: `bit ${bit}: ${meaning(name, set, value)}`, range: [0, 1] }
  })
  const names = order.filter(isSet).join(' ')
  const node: DecodedNode = {
    name: 'flags',
    value: `0x${byte.toString(16).padStart(2, '0')}${names && ` ${names}`}`,
    note: 'what happened at the authenticator, and what follows in these bytes',
    range: [0, 1],
    spec: 'https://www.w3.org/TR/webauthn-3/#authdata-flags',
    children,
  }
  return { node, value }
}

function meaning(name: string, set: boolean, flags: Flags): string {
  const known = bits.find(([bit]) => bit === name)
  if (!known) return set ? 'reserved: set, though no meaning is given to it yet' : 'reserved for future use'
  const [, title, yes, no] = known
  const forbidden = name === 'BS' && set && !flags.be ? '; forbidden without BE' : ''
  return `${title}: ${set ? yes : no}${forbidden}`
}
