import { ownMember } from '../dictionary.ts'
import { hexLine } from './cbor-node.ts'
import { count } from './count.ts'
import { jsonTree } from './json-tree.ts'
import type { Part } from './part.ts'
import { writtenBytes } from './written-bytes.ts'

const note: Readonly<Record<string, string>> = {
  alg: 'how it was signed',
  kid: 'which key signed it',
  typ: 'what kind of token it is',
  x5c: 'the certificates of the key that signed it',
  iss: 'who issued it',
  sub: 'whom it is about',
  aud: 'whom it is for',
  azp: 'who asked for it',
  nonce: 'ties it to one request',
}

/** Whether a text begins as a JWT does: base64url of `{"`, then a dot. */
export function looksLikeJwt(text: string): boolean {
  return /^eyJ[\w-]*\.[\w-]*(?:\.[\w-]*){0,3}$/.test(text.replace(/\s/g, ''))
}

/**
 * Reads a JWT in its compact form: header, payload, signature. Nothing is verified. What was cut off is missing.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7515#section-7.1
 */
export function decodeJwt(written: string): { name: string; parts: Part[]; errors: string[] } {
  const text = written.replace(/\s/g, '')
  const pieces = text.split('.')
  const encrypted = pieces.length > 3
  const errors = pieces.length < 3 ? [`${count(pieces.length, 'part')}, where a JWT has three: the text is cut`] : []
  const [header = '', payload, signature] = pieces
  const parts = [jsonPart('header', 'How it was signed, and with which key.', header)]
  if (payload !== undefined && !encrypted)
    parts.push(jsonPart('payload', 'What it says. Nothing here is verified.', payload))
  if (signature && !encrypted) parts.push(signaturePart(signature))
  if (encrypted) errors.push('an encrypted token (JWE): only its header can be read')
  return { name: encrypted ? 'an encrypted token (JWE)' : 'a JWT, which is not verified here', parts, errors }
}

function jsonPart(title: string, about: string, written: string): Part {
  const json = new TextDecoder().decode(bytesOf(written))
  const { node, bytes, error } = jsonTree(json, (path, value) => ownMember(note, path) ?? timeNote(path, value))
  return {
    title,
    note: about,
    node: { ...node, name: title },
    bytes,
    as: 'text',
    copy: json,
    ...(error && { errors: [error] }),
  }
}

/** NumericDate, as people read it. */
function timeNote(path: string, value: unknown): string {
  if (!['iat', 'exp', 'nbf', 'auth_time'].includes(path) || typeof value !== 'number') return ''
  const date = new Date(value * 1000)
  return Number.isNaN(date.getTime()) ? 'not a time' : date.toISOString().replace('T', ' ').replace('.000Z', ' UTC')
}

function signaturePart(written: string): Part {
  const bytes = bytesOf(written)
  // What its parts are, the algorithm in the header says, and JWTs write them otherwise than WebAuthn.
  const node = { name: 'signature', value: hexLine(bytes), range: [0, bytes.length] as const }
  return { title: 'signature', note: 'Over header and payload. It is not verified here.', node, bytes, copy: written }
}

/** Of base64url as far as it goes, also where digits of hex alone are in it. */
function bytesOf(written: string): Uint8Array {
  return writtenBytes(written).find(({ written }) => written !== 'hex')?.bytes ?? new Uint8Array()
}
