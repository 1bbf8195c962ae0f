import { ownMember } from '../../dictionary.ts'
import { hexLine } from '../cbor-node.ts'
import { count } from '../count.ts'
import { jsonTree } from '../json-tree.ts'
import type { Decoded, DecodedNode } from '../node.ts'
import { errorsOf, inBase64, shifted } from '../tree.ts'
import { decodeCertificate } from '../x509/certificate.ts'

/** What a JWS in its compact form says. */
export interface Jws {
  header: Record<string, unknown>
  payload: unknown
  signature: Uint8Array
}

const notes: Readonly<Record<string, string>> = {
  alg: 'the algorithm of the signature',
  kid: 'the key that signed, by its name',
  typ: 'the kind of token',
  x5c: 'certificates: the signer’s own first',
  nonce: 'in SafetyNet’s answer, SHA-256 over the authenticator data and the hash of the client data',
  timestampMs: 'when it was answered, in milliseconds since 1970',
  ctsProfileMatch: 'whether the device is as it was certified; WebAuthn asks for true',
  basicIntegrity: 'whether the device is sound at all',
  apkPackageName: 'the app that asked',
  evaluationType: 'what the judgement rests on',
  iss: 'who issued it',
  sub: 'whom it is about',
  aud: 'whom it is for',
  exp: 'when it ends, in seconds since 1970',
  iat: 'when it was issued, in seconds since 1970',
}

const mostCertificates = 8

/**
 * Reads a JWS in its compact form, as a JWT and SafetyNet’s answer are: header, payload and signature, each in the places that
 * its text has; certificates in the header too. The signature is not verified. `value` is there when all three stand.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7515#section-3.1
 */
export function decodeJws(bytes: Uint8Array): Decoded<Jws> {
  const text = new TextDecoder('latin1').decode(bytes)
  const [header = '', payload, signature, ...more] = text.split('.')
  const node: DecodedNode = {
    name: 'JWS',
    value: count(bytes.length, 'byte'),
    note: 'signed JSON',
    range: [0, bytes.length],
    spec: 'https://www.rfc-editor.org/rfc/rfc7515#section-3.1',
    children: [],
  }
  const parts: { header?: unknown; payload?: unknown } = {}
  let at = 0
  for (const [name, part] of [
    ['header', header],
    ['payload', payload],
  ] as const) {
    if (part === undefined) break
    const read = json(name, part)
    if (read.value !== undefined) parts[name] = read.value
    node.children?.push({ ...shifted(inBase64(read.node), at), range: [at, at + part.length] })
    at += part.length + 1
  }
  if (signature !== undefined) node.children?.push(shifted(signatureNode(signature), at))
  if (more.length > 0 || signature === undefined)
    node.error = `three parts with a point between them are needed, and these are ${count(text.split('.').length, 'part')}`
  const errors = errorsOf(node)
  const isWhole = errors.length === 0 && typeof parts.header === 'object' && parts.header !== null
  return {
    node,
    errors,
    ...(isWhole && {
      value: { header: parts.header as Jws['header'], payload: parts.payload, signature: base64(signature ?? '') },
    }),
  }
}

function json(name: string, text: string): { node: DecodedNode; value?: unknown } {
  const bytes = base64(text)
  if (text.length > 0 && bytes.length === 0) return { node: { name, range: [0, 0], error: 'not base64url' } }
  const { node, value, error } = jsonTree(new TextDecoder().decode(bytes), (path) => ownMember(notes, path) ?? '')
  const children = node.children?.map((child) =>
    child.name === 'x5c' && name === 'header' ? certificates(child, bytes) : child,
  )
  return { node: { ...node, name, ...(children && { children }) }, ...(!error && { value }) }
}

function certificates(node: DecodedNode, bytes: Uint8Array): DecodedNode {
  const children = node.children?.slice(0, mostCertificates).map((child, at) => {
    const [from, to] = child.range ?? [0, 0]
    // Without its quotation marks; the closing one is missing where it is cut short.
    const text = new TextDecoder('latin1').decode(bytes.subarray(from + 1, to)).replace(/"$/, '')
    const certificate = decodeCertificate(base64(text)).node
    return { ...inBase64(certificate, from + 1), name: `x5c[${at}]`, range: [from, to] as const }
  })
  return { ...node, ...(children && { children }) }
}

function signatureNode(text: string): DecodedNode {
  const bytes = base64(text)
  const error = text.length > 0 && bytes.length === 0 ? { error: 'not base64url' } : {}
  const note = `over header and payload, ${count(bytes.length, 'byte')}`
  return { name: 'signature', value: hexLine(bytes), note, range: [0, text.length], ...error }
}

/** The bytes of base64 in either alphabet, as many as stand; none of what is no base64. */
function base64(text: string): Uint8Array {
  const plain = text
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .trimEnd()
    .replace(/={1,2}$/, '')
  const whole = plain.length % 4 === 1 ? plain.slice(0, -1) : plain
  try {
    return Uint8Array.from(atob(whole), (char) => char.charCodeAt(0))
  } catch {
    return new Uint8Array()
  }
}
