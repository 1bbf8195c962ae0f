import type { Decoder } from '#lib/webauthn/decode/node.ts'
import type { Part } from '#lib/webauthn/decode/part.ts'
import type { Message } from '../run.ts'
import { fieldNode } from './decoded-fields.ts'

type Json = Record<string, unknown>

/** A message as sections. The decoders come in their own chunk, when there is a binary structure to read. */
export async function sectionsOf({ id, body }: Message): Promise<Part[]> {
  const json = asJson(body)
  const { response, ...credential } = credentialOf(json) ?? {}
  if (!response) return [isProblem(json) ? jsonSection('problem', 'answer', json) : jsonSection(titles[id], id, json)]
  const { decoders, fromBase64url } = await import('#lib/webauthn/decode/index.ts')
  const members = Object.fromEntries(
    Object.entries(asJson(response)).filter(([name]) => !repeated(name, asJson(response))),
  )
  const structures = Object.entries(decoders).flatMap(([name, decoder]) => {
    const text = members[name]
    if (typeof text !== 'string') return []
    delete members[name]
    return [structureSection(name, text, fromBase64url(text), decoder)]
  })
  const binary = await Promise.all(structures)
  const { credential: _, ...around } = json
  return [
    ...(id === 'finish' ? [jsonSection('request', id, around)] : []),
    ...binary,
    jsonSection('credential', 'credential', { ...credential, ...members }),
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

function jsonSection(title: string, id: Message['id'], json: Json): Part {
  const node = { name: title, children: Object.entries(json).map(([name, value]) => fieldNode(name, value, name, id)) }
  return { title, node, copy: JSON.stringify(json, null, 2) }
}

async function structureSection(
  title: string,
  text: string,
  bytes: Uint8Array | null,
  decoder: Decoder,
): Promise<Part> {
  const { note, text: asText } = decoder
  if (!bytes) return { title, note, node: { name: title, error: 'it is not base64url' }, copy: text }
  const { node, errors } = await (decoder.whole?.(bytes) ?? decoder.decode(bytes))
  return { title, note, node, bytes, copy: text, errors, ...(asText && { as: 'text' }) }
}

function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}
