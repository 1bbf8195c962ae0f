import { fromBase64url } from './bytes.ts'
import { textLine } from './cbor-node.ts'
import { count } from './count.ts'
import { closedJson } from './json-closed.ts'
import { type JsonMember, membersOf } from './json-members.ts'
import { jsonSize } from './json-size.ts'
import type { Decoded, DecodedNode } from './node.ts'
import type { ClientData } from './structures.ts'
import { errorsOf } from './tree.ts'

const dictionary = 'https://www.w3.org/TR/webauthn-3/#dom-collectedclientdata-'

/** How many members are read: browsers write six at most, and more may come. */
const most = 64

/** How deep values may lie in each other: of those that WebAuthn names, one is an object. */
const deepest = 16

type Judgement = Pick<DecodedNode, 'note' | 'error'>

/** The members that WebAuthn gives a meaning to, in its order. */
const known: ReadonlyMap<string, { required?: true; judge: (value: unknown) => Judgement }> = new Map([
  ['type', { required: true, judge: judgeType }],
  ['challenge', { required: true, judge: judgeChallenge }],
  ['origin', { required: true, judge: (value: unknown) => text(value, 'the page that asked, as the browser saw it') }],
  ['crossOrigin', { judge: judgeCrossOrigin }],
  ['topOrigin', { judge: (value: unknown) => text(value, 'the page around the frame that asked') }],
  ['tokenBinding', { judge: () => ({ note: 'of earlier editions of WebAuthn; no longer used' }) }],
])

/**
 * Reads the client data: what the browser says about the ceremony, and the authenticator signs.
 *
 * Whether challenge and origin are the expected ones is a ceremony's question; here they must be there and well-formed.
 *
 * @see https://www.w3.org/TR/webauthn-3/#dictionary-client-data
 */
export function decodeClientData(bytes: Uint8Array): Decoded<ClientData> {
  const node: DecodedNode = {
    name: 'clientDataJSON',
    value: count(bytes.length, 'byte'),
    note: 'what the browser says about this ceremony; the signature covers these bytes',
    range: [0, bytes.length],
    spec: 'https://www.w3.org/TR/webauthn-3/#dictionary-client-data',
  }
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  if (marked) node.note += '; begins with a byte order mark, which is passed over'
  const parsed = parse(bytes)
  if (parsed.error) node.error = parsed.error
  if (parsed.json === undefined) return { node, errors: errorsOf(node) }
  const place = places(parsed.json, marked ? 3 : 0)
  const seen = new Set<string>()
  const members = membersOf(parsed.json)
  if (members.length > most) node.error = `${count(members.length, 'member')}, where at most ${most} are read`
  node.children = members.slice(0, most).map((member) => {
    const child = memberNode(member, parsed.value[member.name])
    child.range = [place(member.from), Math.min(place(member.to), bytes.length)]
    if (seen.has(member.name)) child.error = 'written twice: readers would disagree about which one counts'
    seen.add(member.name)
    return child
  })
  if (parsed.error) {
    const last = node.children.at(-1)
    if (last && parsed.cut) last.error = 'the text ends before the value does'
    return { node, errors: errorsOf(node) }
  }
  for (const [name, { required }] of known) {
    if (required && !Object.hasOwn(parsed.value, name))
      node.children.push({ name, error: 'missing', spec: dictionary + name.toLowerCase() })
  }
  return { node, value: parsed.value, errors: errorsOf(node) }
}

type Parsed =
  | { json: string; value: ClientData; error?: undefined }
  | { error: string; json?: undefined }
  /** What stands before the text ends; the last value may be cut short. */
  | { error: string; json: string; value: ClientData; cut: boolean }

function parse(bytes: Uint8Array): Parsed {
  if (jsonSize(bytes).depth > deepest) return { error: `nested more than ${deepest} deep` }
  const json = utf8(bytes)
  if (json === undefined) return parseCut(utf8(bytes, true) ?? '', 'not UTF-8')
  try {
    const value: unknown = JSON.parse(json)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { json, value: value as ClientData }
    return { error: 'JSON, but not an object' }
  } catch {
    return parseCut(json, 'not JSON')
  }
}

function parseCut(text: string, error: string): Parsed {
  const closed = closedJson(text)
  return closed
    ? { error: `${error}: it ends before its object does`, value: JSON.parse(closed.json), ...closed }
    : { error }
}

/** The text; undefined where it is none. With `cut`, the last character may be cut short, and is left out. */
function utf8(bytes: Uint8Array, cut = false): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut })
  } catch {
    return undefined
  }
}

function memberNode(member: JsonMember, value: unknown): DecodedNode {
  const node: DecodedNode = { name: member.name, value: textLine(typeof value === 'string' ? value : member.text) }
  const entry = known.get(member.name)
  if (!entry) return { ...node, note: 'not of this edition of WebAuthn: to be passed over, more may come' }
  return { ...node, ...entry.judge(value), spec: dictionary + member.name.toLowerCase() }
}

/** Where a character of the text stands in the bytes; asked in ascending order, so that each is encoded once. */
function places(json: string, start: number): (index: number) => number {
  const encoder = new TextEncoder()
  let [at, place] = [0, start]
  return (index) => {
    place += encoder.encode(json.slice(at, index)).length
    at = index
    return place
  }
}

function text(value: unknown, note: string): Judgement {
  return typeof value === 'string' ? { note } : { error: 'text is needed' }
}

function judgeType(value: unknown): Judgement {
  if (value === 'webauthn.create') return { note: 'a registration: a new credential was made' }
  if (value === 'webauthn.get') return { note: 'an authentication: a credential was used' }
  if (value === 'payment.get') return { note: 'a payment confirmation, not a WebAuthn ceremony' }
  return text(value, 'not a WebAuthn ceremony')
}

function judgeChallenge(value: unknown): Judgement {
  if (typeof value !== 'string') return text(value, '')
  const challenge = fromBase64url(value)
  if (!challenge) return { error: 'not base64url without padding' }
  const short = challenge.length < 16 ? ', fewer than the 16 that WebAuthn asks for' : ''
  return { note: `the server’s random bytes, sent back: ${count(challenge.length, 'byte')}${short}` }
}

function judgeCrossOrigin(value: unknown): Judgement {
  if (typeof value !== 'boolean') return { error: 'true or false is needed' }
  return { note: value ? 'asked from a frame inside another site' : 'not asked from inside another site' }
}
