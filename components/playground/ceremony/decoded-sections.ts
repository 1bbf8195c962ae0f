import type { Decoded, DecodedNode } from '#lib/webauthn/decode/node.ts'
import type { Message } from '../run.ts'
import { fieldNode } from './decoded-fields.ts'

/** A part of a message that is read by itself: some JSON members, or one binary structure. */
export interface Section {
  title: string
  note?: string
  node: DecodedNode
  /** The structure's bytes, where it has any of its own. */
  bytes?: Uint8Array
  /** How to show them. */
  as?: 'hex' | 'text'
  /** What Copy takes: the text as it stands in the message. */
  copy: string
  errors?: string[]
}

type Json = Record<string, unknown>

const structures: Readonly<Record<string, { note: string; as?: 'text' }>> = {
  clientDataJSON: { note: 'What the browser vouches for: the authenticator signs its hash.', as: 'text' },
  attestationObject: { note: 'What the authenticator made: the new public key, and perhaps a statement about itself.' },
  authenticatorData: { note: 'What the authenticator says about this use of the passkey. It is signed.' },
  signature: { note: 'Over authenticatorData followed by the SHA-256 hash of clientDataJSON.' },
}

/** A message as sections. The decoders come in their own chunk, when there is a binary structure to read. */
export async function sectionsOf({ id, body }: Message): Promise<Section[]> {
  const json = asJson(body)
  const { response, ...credential } = credentialOf(json) ?? {}
  if (!response) return [isProblem(json) ? jsonSection('problem', 'answer', json) : jsonSection(titles[id], id, json)]
  const members = Object.entries(asJson(response)).filter(([name]) => !repeated(name, asJson(response)))
  const { credential: _, ...around } = json
  const binary = await Promise.all(
    members.flatMap(([name, text]) =>
      name in structures && typeof text === 'string' ? [structureSection(name, text)] : [],
    ),
  )
  const outer = { ...credential, ...Object.fromEntries(members.filter(([name]) => !(name in structures))) }
  return [
    ...(id === 'finish' ? [jsonSection('request', id, around)] : []),
    ...binary.sort((a, b) => order.indexOf(a.title) - order.indexOf(b.title)),
    jsonSection('credential', 'credential', outer),
  ]
}

const titles: Readonly<Record<Message['id'], string>> = {
  begin: 'request',
  options: 'options',
  request: 'publicKey',
  credential: 'credential',
  finish: 'request',
  answer: 'answer',
}

const order = Object.keys(structures)

/** What the browser took out of the attestation object and put beside it: read once, there; all of it is in the raw message. */
function repeated(name: string, response: Json): boolean {
  return 'attestationObject' in response && ['authenticatorData', 'publicKey', 'publicKeyAlgorithm'].includes(name)
}

function isProblem(json: Json): boolean {
  return typeof json.code === 'string' && typeof json.status === 'number'
}

function credentialOf(json: Json): Json | undefined {
  const credential = 'response' in json ? json : asJson(json.credential)
  return typeof credential.response === 'object' ? credential : undefined
}

function jsonSection(title: string, id: Message['id'], json: Json): Section {
  const node = { name: title, children: Object.entries(json).map(([name, value]) => fieldNode(name, value, name, id)) }
  return { title, node, copy: JSON.stringify(json, null, 2) }
}

async function structureSection(title: string, text: string): Promise<Section> {
  const decoders = await import('#lib/webauthn/decode/index.ts')
  const bytes = decoders.fromBase64url(text)
  const { note, as } = structures[title] ?? { note: '' }
  if (!bytes) return { title, note, node: { name: title, error: 'it is not base64url' }, copy: text }
  const { decodeSignature } = await import('./decoded-signature.ts')
  const decoded: Decoded<unknown> =
    title === 'clientDataJSON'
      ? decoders.decodeClientData(bytes)
      : title === 'attestationObject'
        ? decoders.decodeAttestationObject(bytes)
        : title === 'authenticatorData'
          ? decoders.decodeAuthenticatorData(bytes)
          : decodeSignature(bytes)
  return { title, note, node: decoded.node, bytes, copy: text, errors: decoded.errors, ...(as && { as }) }
}

function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}
