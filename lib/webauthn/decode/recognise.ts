import { type ByteKind, byteKinds, type Fit } from './byte-kinds.ts'
import { decodeCbor } from './cbor.ts'
import { textLine } from './cbor-node.ts'
import { count } from './count.ts'
import { diagnosticOf } from './diagnostic.ts'
import { type BinaryMember, binaryMembers, byteNumbers, isObject, type JsonKind, jsonKind } from './json-kinds.ts'
import { type JsonTree, jsonTree } from './json-tree.ts'
import { decodeJwt, looksLikeJwt } from './jwt.ts'
import { memberNote } from './member-notes.ts'
import type { Part } from './part.ts'
import { looksLikePem, pemBlocks } from './pem.ts'
import { privateKey } from './private-key.ts'
import type { CosePublicKey } from './structures.ts'
import { unwrapped } from './unwrapped.ts'
import { type WrittenBytes, writtenBytes } from './written-bytes.ts'

/** The longest text that is read, in characters. */
export const longestText = 256 * 1024

/** One way to read a text. */
export interface Reading {
  /** Unique among a text's readings. */
  id: string
  /** Stable, kebab-case: `attestation-object`, `registration-response`, `certificate` … */
  kind: string
  /** What it is, with its article. */
  name: string
  /** How it is written: “hex”, “base64url”, “JSON” … */
  written: string
  /** Something speaks for it; other readings are there for who knows better. */
  likely: boolean
  /** What is wrong with the writing: what, where, and how far it was read. */
  errors: string[]
  /** Its structures, the main one first. */
  parts(): Promise<Part[]>
  /** Of JSON: the value, as far as it could be read. */
  value?: unknown
}

/**
 * What a text is, as its readings, the likeliest first; none where there is no text, and a reason where it is not read.
 *
 * They are tried in this order: JSON, PEM, a JWT, then bytes in hex, then in base64; and bytes as text that is one of the
 * former, then as the structures of `byteKinds`, what begins as nothing else does before what may be one. Whatever breaks
 * is read up to there. Never throws, and the work is bounded whatever the text holds.
 */
export function recognise(input: string): { readings: Reading[]; refused?: string } {
  if (input.length > longestText)
    return {
      readings: [],
      refused: `This is ${count(input.length, 'character')}: at most ${count(longestText, 'character')} are read.`,
    }
  const { text, how } = unwrapped(input)
  if (text === '') return { readings: [] }
  const readings = readingsOf(text, how, 0)
  return readings.length > 0 ? { readings } : { readings: [unknown(text)] }
}

function readingsOf(text: string, how: string, depth: number): Reading[] {
  if (/^[{[]/.test(text)) return jsonReadings(text, how)
  if (looksLikePem(text)) return [pemReading(text, how)]
  if (looksLikeJwt(text)) return [jwtReading(text, how), ...byteReadings(text, how, depth)]
  return byteReadings(text, how, depth)
}

function jsonReadings(text: string, how: string): Reading[] {
  const tree = jsonTree(text, memberNote)
  const numbers = tree.error ? undefined : byteNumbers(tree.value)
  const bytes = numbers
    ? readingsOfBytes({ bytes: Uint8Array.from(numbers), errors: [] }, `a list of numbers${how}`, text, 0)
    : []
  const { kind, name } = jsonKind(tree.value)
  if (kind === privateKey.kind)
    return [
      {
        id: 'json',
        ...privateKey,
        written: `JSON${how}`,
        likely: true,
        errors: [privateKey.error],
        parts: async () => [],
      },
    ]
  const reading: Reading = {
    id: `json ${kind}`,
    kind,
    name,
    written: `JSON${how}`,
    likely: true,
    errors: tree.error ? [tree.error] : [],
    value: tree.value,
    parts: () => jsonParts(text, tree, { kind, name }),
  }
  const plain: Reading = {
    ...reading,
    id: 'json json',
    kind: 'json',
    name: 'JSON',
    parts: async () => [jsonPart(text, tree)],
  }
  const others = kind === 'json' ? [] : [{ ...plain, likely: false }]
  return numbers ? [...bytes, reading, ...others] : [reading, ...others]
}

function jsonPart(text: string, { node, bytes, error }: JsonTree, title = 'JSON'): Part {
  return { title, node: { ...node, name: title }, bytes, as: 'text', copy: text, ...(error && { errors: [error] }) }
}

async function jsonParts(text: string, tree: JsonTree, { kind, name }: JsonKind): Promise<Part[]> {
  const whole = jsonPart(text, tree, kind === 'json' ? 'JSON' : name.replace(/^(?:an?|options) /, ''))
  if (kind === 'jwk' && !tree.error) return [{ ...whole, ...(await formsOfJwk(tree.value)) }]
  if (kind === 'client-data' && !tree.error) return [await partOf('client-data', 'clientDataJSON', tree.bytes, text)]
  const members = await Promise.all(binaryMembers(tree.value).map(memberPart))
  return [...members.flat(), whole]
}

async function formsOfJwk(value: unknown): Promise<Pick<Part, 'forms'>> {
  const { keyOfJwk, keyForms } = await import('./deep.ts')
  const key = isObject(value) && keyOfJwk(value)
  return key ? { forms: keyForms(key) } : {}
}

async function memberPart({ path, kind, written }: BinaryMember): Promise<Part[]> {
  if (typeof written !== 'string') return [await partOf(kind, path, Uint8Array.from(written), JSON.stringify(written))]
  const [read] = writtenBytes(written)
  if (!read)
    return [
      {
        title: path,
        node: { name: path, error: 'no bytes in hex or base64' },
        copy: written,
        errors: ['no bytes in hex or base64'],
      },
    ]
  const part = await partOf(kind, path, read.bytes, written)
  return [{ ...part, errors: [...read.errors, ...(part.errors ?? [])] }]
}

function pemReading(text: string, how: string): Reading {
  const blocks = pemBlocks(text)
  const [first] = blocks
  const name = first?.name ?? 'PEM'
  return {
    id: 'pem',
    kind: blocks.length > 1 && first?.kind === 'certificate' ? 'certificate-chain' : (first?.kind ?? 'bytes'),
    name: blocks.length > 1 ? `${count(blocks.length, 'PEM block')}: ${name}, and ${blocks.length - 1} more` : name,
    written: `PEM${how}`,
    likely: true,
    errors: blocks.flatMap(({ errors }) => errors),
    parts: async () => {
      const parts = blocks.map(({ kind, title, bytes, text }) => partOf(kind, title, bytes, text))
      return Promise.all(parts)
    },
  }
}

function jwtReading(text: string, how: string): Reading {
  const { parts, errors, name } = decodeJwt(text)
  const certificates = async () => {
    const header = parts.find(({ title }) => title === 'header')
    const value = header && jsonTree(header.copy).value
    return (await Promise.all(binaryMembers(value).map(memberPart))).flat()
  }
  return {
    id: 'jwt',
    kind: 'jwt',
    name,
    written: `three parts with dots between them${how}`,
    likely: true,
    errors,
    parts: async () => [...parts, ...(await certificates())],
  }
}

function byteReadings(text: string, how: string, depth: number): Reading[] {
  const isUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
  const readings = writtenBytes(text).flatMap((read, at) =>
    readingsOfBytes(read, `${read.written}${how}`, text, depth).map((reading) => ({
      ...reading,
      likely: reading.likely && (at === 0 || reading.kind !== 'bytes'),
    })),
  )
  if (isUuid) readings.sort((a, b) => Number(b.kind === 'aaguid') - Number(a.kind === 'aaguid'))
  return readings
}

/** Bytes as text first, where they are the text of something; then as each structure. */
function readingsOfBytes(
  { bytes, errors }: Pick<WrittenBytes, 'bytes' | 'errors'>,
  written: string,
  copy: string,
  depth: number,
): Reading[] {
  const ranks: readonly Fit[] = ['begins', 'may', 'no']
  const fits = byteKinds
    .map((entry) => ({ entry, fit: entry.fits(bytes) }))
    .sort((a, b) => ranks.indexOf(a.fit) - ranks.indexOf(b.fit))
  const best = fits[0]?.fit
  const structures = fits.map(({ entry: { kind, name }, fit }): Reading => {
    return {
      id: `${written} ${kind}`,
      kind,
      name,
      written,
      likely: fit === best && (kind !== 'cbor' || fits[0]?.entry.kind === 'cbor'),
      errors,
      parts: async () => [await partOf(kind, kind === 'bytes' ? 'bytes' : titleOf(name), bytes, copy)],
    }
  })
  const text = depth === 0 ? textIn(bytes) : undefined
  if (!text || structures[0]?.kind === 'client-data') return structures
  const inner = readingsOf(text, '', depth + 1).map((reading) => ({
    ...reading,
    id: `${written} ${reading.id}`,
    written: `${reading.written}, all of it in ${written}`,
    errors: [...errors, ...reading.errors],
  }))
  return [...inner, ...structures]
}

/** The text that bytes are, where it is one to read further: JSON, PEM or a JWT. */
function textIn(bytes: Uint8Array): string | undefined {
  // A character may be cut at the end.
  const text = new TextDecoder()
    .decode(bytes)
    .replace(/\ufffd$/, '')
    .trim()
  if (!/^(?:[{[]\s*["{[\]}\d]|-----BEGIN |eyJ[\w-]+\.)/.test(text) || text.includes('\ufffd')) return undefined
  return text
}

async function partOf(kind: string, title: string, bytes: Uint8Array, copy: string): Promise<Part> {
  const entry = kindOf(kind)
  const { node, errors, value } = await entry.decode(bytes)
  const isKey = ['cose-key', 'public-key'].includes(kind) && value !== undefined && errors.length === 0
  const forms = isKey && { forms: (await import('./deep.ts')).keyForms(value as CosePublicKey) }
  const diagnostic = ['cbor', 'cose-key'].includes(kind) && { diagnostic: diagnosticOf(decodeCbor(bytes).item) }
  return {
    title,
    note: entry.note,
    node,
    bytes,
    copy,
    errors,
    ...(entry.as && { as: entry.as }),
    ...diagnostic,
    ...forms,
  }
}

function kindOf(kind: string): ByteKind {
  return byteKinds.find((entry) => entry.kind === kind) ?? (byteKinds.at(-1) as ByteKind)
}

function titleOf(name: string): string {
  return name.replace(/^an? /, '')
}

function unknown(text: string): Reading {
  const error = 'it begins neither as JSON, PEM or a JWT nor with a character of hex or base64'
  return {
    id: 'text',
    kind: 'text',
    name: 'text that nothing here can read',
    written: 'characters',
    likely: true,
    errors: [error],
    parts: async () => [{ title: 'text', node: { name: 'text', value: textLine(text), error }, copy: text }],
  }
}
