import { z } from 'zod'
import { type Decoded, type DecodedNode, decodeCoseKey, decoders } from '#lib/webauthn/decode/index.ts'
import { builtIn } from './built-in.ts'
import { readBytes } from './read-bytes.ts'

const structures = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'coseKey'] as const
type Structure = (typeof structures)[number]

const node = z.strictObject({
  name: z.string(),
  value: z.string().optional(),
  note: z.string().optional(),
  range: z.array(z.int()).length(2).optional().describe('Where its bytes are: from, and to before.'),
  error: z.string().optional(),
  spec: z.string().optional(),
  get children() {
    return z.array(node).optional()
  },
})

const response = z.looseObject({
  response: z.record(z.string(), z.unknown()).optional(),
})

/** Decodes what WebAuthn sends around, down to the bit. */
export const webauthnDecode = builtIn({
  id: 'webauthn.decode',
  name: 'Decode WebAuthn',
  description:
    'Takes an attestation object, authenticator data, client data, a COSE key, or a whole response apart, and says what each part means and where its bytes are. What is broken is said where it is.',
  version: '1.0.0',
  priceAmount: 0,
  input: z.strictObject({
    data: z
      .union([z.string().min(1).max(60_000), response])
      .describe('Base64url, base64 or hex; or a response as toJSON() gives it.'),
    structure: z.enum(structures).optional().describe('What the bytes are; found out where it is not said.'),
  }),
  output: z.strictObject({
    parts: z.array(
      z.strictObject({
        structure: z.string(),
        encoding: z.string(),
        wellFormed: z.boolean(),
        errors: z.array(z.string()),
        tree: node.nullable(),
      }),
    ),
  }),
  run({ data, structure }) {
    if (typeof data === 'string') return { parts: [partOf(data, structure)] }
    const members = Object.entries({ ...data, ...data.response })
    const known = members.filter(([name, value]) => name in decoders && typeof value === 'string')
    return { parts: known.map(([name, value]) => partOf(value as string, name as Structure)) }
  },
})

function partOf(text: string, said: Structure | undefined) {
  const json = /^\s*\{/.test(text)
  const read = json ? { bytes: new TextEncoder().encode(text), encoding: 'text' } : readBytes(text)
  if (!read) {
    const errors = ['It is neither base64url nor hex.']
    return { structure: said ?? 'unknown', encoding: 'unknown', wellFormed: false, errors, tree: null }
  }
  const structure = said ?? structureOf(read.bytes)
  const { node, errors } = decode(structure, read.bytes)
  return { structure, encoding: read.encoding, wellFormed: errors.length === 0, errors, tree: plain(node) }
}

/** What bytes are: the structure that they are well-formed as, or else have the least against them. */
function structureOf(bytes: Uint8Array): Structure {
  if (bytes[0] === 0x7b) return 'clientDataJSON'
  const tried = (['attestationObject', 'coseKey', 'authenticatorData'] as const).map((structure) => ({
    structure,
    errors: decode(structure, bytes).errors.length,
  }))
  return tried.reduce((best, other) => (other.errors < best.errors ? other : best)).structure
}

function decode(structure: Structure, bytes: Uint8Array): Decoded<unknown> {
  return structure === 'coseKey' ? decodeCoseKey(bytes) : (decoders[structure]?.decode(bytes) ?? decodeCoseKey(bytes))
}

type Tree = z.infer<typeof node>

/** A tree as JSON holds it. */
function plain({ range, children, ...node }: DecodedNode): Tree {
  return {
    ...node,
    ...(range ? { range: [...range] } : {}),
    ...(children ? { children: children.map(plain) } : {}),
  }
}
