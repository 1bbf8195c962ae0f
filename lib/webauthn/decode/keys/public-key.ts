import { BitString, Integer, Null, ObjectIdentifier, Sequence } from 'asn1js'
import { encode } from 'cborg'
import { algorithmOf, algorithms, curves, keyTypes } from '../../algorithms.ts'
import { fromBase64url, toBase64url } from '../bytes.ts'
import { count } from '../count.ts'
import type { Decoded } from '../node.ts'
import type { CosePublicKey } from '../structures.ts'
import { errorsOf } from '../tree.ts'
import { DerReader } from '../x509/der.ts'
import { oidName } from '../x509/oids.ts'
import { type PublicKeyInfo, publicKeyInfoNode } from '../x509/public-key-info.ts'

/** A public key as JWK: all members are text. */
export type PublicJwk = Readonly<Record<string, string>>

const oids = {
  ecPublicKey: '1.2.840.10045.2.1',
  rsaEncryption: '1.2.840.113549.1.1.1',
  'P-256': '1.2.840.10045.3.1.7',
  'P-384': '1.3.132.0.34',
  'P-521': '1.3.132.0.35',
  Ed25519: '1.3.101.112',
  Ed448: '1.3.101.113',
  'ML-DSA-44': '2.16.840.1.101.3.4.3.17',
  'ML-DSA-65': '2.16.840.1.101.3.4.3.18',
  'ML-DSA-87': '2.16.840.1.101.3.4.3.19',
} as const

/** A key as COSE writes it, in CTAP2's canonical form. */
export function coseKeyBytes(key: CosePublicKey): Uint8Array {
  const members: Record<string, [number, keyof CosePublicKey][]> = {
    1: [
      [-1, 'crv'],
      [-2, 'x'],
    ],
    2: [
      [-1, 'crv'],
      [-2, 'x'],
      [-3, 'y'],
    ],
    3: [
      [-1, 'n'],
      [-2, 'e'],
    ],
    7: [[-1, 'pub']],
  }
  const own = (members[key.kty] ?? []).map(([label, name]) => [label, key[name]] as const)
  return Uint8Array.from(encode(new Map<number, unknown>([[1, key.kty], [3, key.alg], ...own])))
}

/**
 * A key as JWK; undefined where its type is not one of WebAuthn's.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7517
 */
export function jwkOf(key: CosePublicKey): PublicJwk | undefined {
  const kty = keyTypes[key.kty]?.jwk
  if (!kty) return undefined
  const crv = key.crv === undefined ? undefined : curves[key.crv]?.name
  const alg = algorithmOf(key.alg)?.name
  const numbers = (['x', 'y', 'n', 'e', 'pub'] as const).flatMap((name) => {
    const bytes = key[name]
    return bytes ? [[name, toBase64url(bytes)] as const] : []
  })
  return { kty, ...(crv && { crv }), ...(alg && { alg }), ...Object.fromEntries(numbers) }
}

/** A JWK as a key: without `alg`, the algorithm that WebAuthn uses most with such a key. Undefined where it is none. */
export function keyOfJwk(jwk: Readonly<Record<string, unknown>>): CosePublicKey | undefined {
  const kty = numbered(keyTypes, ({ jwk: name }) => name === jwk.kty)
  const crv = numbered(curves, ({ name }) => name === jwk.crv)
  if (kty === undefined) return undefined
  const alg = algorithms.find(({ name }) => name === jwk.alg)?.id ?? usual(kty, crv, undefined)
  if (alg === undefined) return undefined
  const key: Record<string, unknown> = { kty, alg, ...(crv !== undefined && { crv }) }
  for (const name of ['x', 'y', 'n', 'e', 'pub']) {
    const written = jwk[name]
    const bytes = typeof written === 'string' ? fromBase64url(written) : undefined
    if (bytes) key[name] = bytes
  }
  return complete(key as unknown as CosePublicKey)
}

/**
 * A key as SubjectPublicKeyInfo in DER, as certificates and PEM files have it; undefined where it lacks something.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5480
 * @see https://www.rfc-editor.org/rfc/rfc8410
 * @see https://www.rfc-editor.org/rfc/rfc9881
 */
export function publicKeyInfoOf(key: CosePublicKey): Uint8Array | undefined {
  const { x, y, n, e, pub } = key
  const curve = key.crv === undefined ? undefined : curves[key.crv]?.name
  const name = algorithmOf(key.alg)?.name
  if (key.kty === 2 && x && y && isNamed(curve))
    return info([oid('ecPublicKey'), oid(curve)], Uint8Array.of(4, ...x, ...y))
  if (key.kty === 1 && x && isNamed(curve)) return info([oid(curve)], x)
  if (key.kty === 7 && pub && isNamed(name)) return info([oid(name)], pub)
  if (key.kty !== 3 || !n || !e) return undefined
  const numbers = new Sequence({ value: [integer(n), integer(e)] })
  return info([oid('rsaEncryption'), new Null()], new Uint8Array(numbers.toBER()))
}

/**
 * Reads a SubjectPublicKeyInfo in DER. `value` is the key, where it is of a type that WebAuthn uses: which of an RSA key's
 * algorithms it is for does not stand in it, and RS256 is supposed.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.7
 */
export function decodePublicKeyInfo(bytes: Uint8Array): Decoded<CosePublicKey> {
  const reader = new DerReader(bytes)
  const root = reader.read()
  const { node, value } = publicKeyInfoNode('SubjectPublicKeyInfo', reader, root)
  if (root.error) node.error = root.error
  if (!reader.fault && root.range[1] < bytes.length) {
    const error = `${count(bytes.length - root.range[1], 'byte')} after the key`
    node.children = [...(node.children ?? []), { name: 'trailing bytes', range: [root.range[1], bytes.length], error }]
  }
  node.range = [0, bytes.length]
  const key = value && keyOfInfo(value)
  return { node, errors: errorsOf(node), ...(key && { value: key }) }
}

function keyOfInfo({ algorithm, curve, key, rsa }: PublicKeyInfo): CosePublicKey | undefined {
  const name = oidName(algorithm)
  if (rsa) return { kty: 3, alg: -257, ...rsa }
  const mlDsa = algorithms.find((row) => row.kty === 7 && row.name === name)
  if (mlDsa) return { kty: 7, alg: mlDsa.id, pub: key.slice() }
  const crv = numbered(curves, (row) => row.name === (name === 'ecPublicKey' ? oidName(curve ?? '') : name))
  if (crv === undefined) return undefined
  const { kty, size } = curves[crv] ?? { kty: 0, size: 0 }
  const alg = usual(kty, crv, name)
  if (alg === undefined) return undefined
  if (kty === 1) return { kty, alg, crv, x: key.slice() }
  const isPoint = key[0] === 4 && key.length === 2 * size + 1
  return isPoint ? { kty, alg, crv, x: key.slice(1, size + 1), y: key.slice(size + 1) } : undefined
}

/** The algorithm that WebAuthn uses with such keys: the first of its table. */
function usual(kty: number, crv: number | undefined, name: string | undefined): number | undefined {
  if (kty === 7) return algorithms.find((row) => row.name === name)?.id
  return algorithms.find((row) => row.kty === kty && row.crv === crv)?.id
}

function complete(key: CosePublicKey): CosePublicKey | undefined {
  const needed = { 1: ['crv', 'x'], 2: ['crv', 'x', 'y'], 3: ['n', 'e'], 7: ['pub'] }[key.kty] ?? []
  return needed.every((name) => key[name as keyof CosePublicKey] !== undefined) ? key : undefined
}

function numbered<Row>(rows: Readonly<Record<number, Row>>, is: (row: Row) => boolean): number | undefined {
  const found = Object.entries(rows).find(([, row]) => is(row))
  return found && Number(found[0])
}

function isNamed(name: string | undefined): name is keyof typeof oids {
  return name !== undefined && Object.hasOwn(oids, name)
}

function oid(name: keyof typeof oids): ObjectIdentifier {
  return new ObjectIdentifier({ value: oids[name] })
}

/** A positive number: DER reads one that begins with a set bit as negative. */
function integer(bytes: Uint8Array): Integer {
  const positive = (bytes[0] ?? 0) & 0x80 ? Uint8Array.of(0, ...bytes) : bytes.slice()
  return new Integer({ valueHex: positive.buffer as ArrayBuffer })
}

function info(algorithm: (ObjectIdentifier | Null)[], key: Uint8Array): Uint8Array {
  const sequence = new Sequence({
    value: [new Sequence({ value: algorithm }), new BitString({ valueHex: key.slice().buffer as ArrayBuffer })],
  })
  return new Uint8Array(sequence.toBER())
}
