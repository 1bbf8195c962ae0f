import { algorithmOf, curves, keyTypes } from '../algorithms.ts'
import { decodeCbor } from './cbor.ts'
import { entryNode } from './cbor-node.ts'
import { count } from './count.ts'
import type { Decoded, DecodedNode } from './node.ts'
import { rsaExponentError, rsaModulusError } from './rsa.ts'
import type { CosePublicKey } from './structures.ts'
import { errorsOf } from './tree.ts'

/** Labels of a COSE_Key by key type: 1 and 3 are every key's, the negative ones the type's own. */
const parameters: Readonly<Record<number, Readonly<Record<number, keyof CosePublicKey>>>> = {
  1: { 1: 'kty', 3: 'alg', [-1]: 'crv', [-2]: 'x' },
  2: { 1: 'kty', 3: 'alg', [-1]: 'crv', [-2]: 'x', [-3]: 'y' },
  3: { 1: 'kty', 3: 'alg', [-1]: 'n', [-2]: 'e' },
  7: { 1: 'kty', 3: 'alg', [-1]: 'pub' },
}

/**
 * Reads a credential public key, which WebAuthn allows to hold exactly the parameters that its type needs.
 *
 * `value` is there when the key type and the algorithm could be read: with errors beside it, it is not a key to use.
 * Whether a point lies on its curve takes cryptography to tell, and is not told here.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-encoded-credPubKey-examples
 * @see https://www.rfc-editor.org/rfc/rfc9052#section-7
 */
export function decodeCoseKey(bytes: Uint8Array): Decoded<CosePublicKey> {
  const { item, end, whole } = decodeCbor(bytes)
  const children: DecodedNode[] = []
  const node: DecodedNode = {
    name: 'COSE_Key',
    note: 'the public key that signatures are checked with',
    range: [0, bytes.length],
    spec: 'https://www.rfc-editor.org/rfc/rfc9052#section-7',
    children,
  }
  if (!item.entries) {
    node.error = item.error ?? `a CBOR map is needed, and this is ${item.type}`
    return { node, errors: errorsOf(node) }
  }
  if (item.error) node.error = item.error
  const written = item.value as Map<unknown, unknown>
  const kty = written.get(1)
  const names = (typeof kty === 'number' && parameters[kty]) || { 1: 'kty', 3: 'alg' }
  const value: Partial<Record<keyof CosePublicKey, unknown>> = {}
  for (const [label, name] of Object.entries(names)) value[name] = written.get(Number(label))

  for (const entry of item.entries) {
    const name = typeof entry.key.value === 'number' ? names[entry.key.value] : undefined
    const child = entryNode(entry, name)
    if (name) Object.assign(child, judges[name](value), child.error ? { error: child.error } : {})
    else child.error ??= 'a credential public key must not hold this parameter'
    if (entry.key.type === 'float' || entry.item.type === 'float')
      child.error = 'an integer is needed, and this is a float'
    children.push(child)
  }
  for (const [label, name] of Object.entries(names)) {
    if (whole && !written.has(Number(label))) children.push({ name, error: `missing (label ${label})` })
  }
  if (end < bytes.length) {
    children.push({
      name: 'trailing bytes',
      range: [end, bytes.length],
      error: `${count(bytes.length - end, 'byte')} after the key`,
    })
  }
  const name = algorithmOf(value.alg)?.name
  if (name) node.value = name
  const readable = Number.isSafeInteger(value.kty) && Number.isSafeInteger(value.alg)
  return { node, errors: errorsOf(node), ...(readable && { value: known(value) }) }
}

type Judge = (key: Partial<Record<keyof CosePublicKey, unknown>>) => Pick<DecodedNode, 'note' | 'error'>

const judges: Record<keyof CosePublicKey, Judge> = {
  kty: ({ kty }) => {
    const name = keyTypes[Number(kty)]?.name
    return name && typeof kty === 'number' ? { note: `key type ${name}` } : { error: 'not a known key type' }
  },
  alg: ({ alg, kty }) => {
    const algorithm = algorithmOf(alg)
    if (!algorithm) return { error: 'not a known signature algorithm' }
    const note = algorithm.name
    if (algorithm.kty !== kty) return { note, error: `${note} needs a key of type ${keyTypes[algorithm.kty]?.name}` }
    return { note }
  },
  crv: ({ crv, kty, alg }) => {
    const curve = typeof crv === 'number' ? curves[crv] : undefined
    if (!curve) return { error: 'not a curve that WebAuthn uses' }
    const algorithm = algorithmOf(alg)
    const wanted = algorithm?.crv
    const note = `curve ${curve.name}`
    if (curve.kty !== kty) return { note, error: `${curve.name} needs a key of type ${keyTypes[curve.kty]?.name}` }
    if (wanted && wanted !== crv) return { note, error: `${algorithm.name} needs ${curves[wanted]?.name}` }
    return { note }
  },
  x: ({ x, crv, kty }) => coordinate(x, crv, kty === 1 ? 'the public key' : 'the point’s x coordinate'),
  y: ({ y, crv }) =>
    typeof y === 'boolean'
      ? { error: 'a compressed point, which WebAuthn forbids' }
      : coordinate(y, crv, 'the point’s y coordinate'),
  n: ({ n }) => (n instanceof Uint8Array ? sized(n, 'the modulus', rsaModulusError(n)) : notBytes),
  e: ({ e }) => (e instanceof Uint8Array ? sized(e, 'the public exponent', rsaExponentError(e)) : notBytes),
  pub: ({ pub, alg }) => {
    if (!(pub instanceof Uint8Array)) return notBytes
    const size = algorithmOf(alg)?.size
    return sized(pub, 'the public key', size && size !== pub.length ? `${size} bytes are needed` : undefined)
  },
}

const notBytes = { error: 'a byte string is needed' }

function sized(bytes: Uint8Array, what: string, error?: string): ReturnType<Judge> {
  return { note: `${what}, ${count(bytes.length, 'byte')}`, ...(error && { error }) }
}

function coordinate(bytes: unknown, crv: unknown, what: string): ReturnType<Judge> {
  if (!(bytes instanceof Uint8Array)) return notBytes
  const curve = typeof crv === 'number' ? curves[crv] : undefined
  const wrong = curve && curve.size !== bytes.length
  return sized(
    bytes,
    what,
    wrong ? `${curve.name} needs ${curve.size} bytes, and these are ${bytes.length}` : undefined,
  )
}

/** The parameters that have the type that they must have. */
function known(key: Partial<Record<keyof CosePublicKey, unknown>>): CosePublicKey {
  const right = Object.entries(key).filter(([name, value]) =>
    ['kty', 'alg', 'crv'].includes(name) ? Number.isSafeInteger(value) : value instanceof Uint8Array,
  )
  return Object.fromEntries(right) as unknown as CosePublicKey
}
