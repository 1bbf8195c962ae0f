import { count } from '../count.ts'
import { FieldReader } from '../field-reader.ts'
import type { Decoded, DecodedNode } from '../node.ts'
import { errorsOf } from '../tree.ts'
import { tpmAlgorithms, tpmCurves, tpmObjectAttributes } from './tpm-names.ts'

/** A public key as a TPM describes it. */
export interface TpmPubArea {
  type: 'RSA' | 'ECC'
  /** Of the hash that the key's name is made with. */
  nameAlg: number
  objectAttributes: number
  authPolicy: Uint8Array
  /** RSA's numbers: an exponent of 0 stands for 65537. */
  rsa?: { keyBits: number; exponent: number; n: Uint8Array }
  /** The curve by the TPM's number for it. */
  ecc?: { curve: number; x: Uint8Array; y: Uint8Array }
}

const [rsa, ecc, none] = [1, 35, 16]

/**
 * Reads `pubArea`, a TPMT_PUBLIC: the new key as the TPM describes it. `value` is there when it stands whole and is an RSA or
 * ECC key, which WebAuthn asks for.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-tpm-attestation
 * @see https://trustedcomputinggroup.org/resource/tpm-library-specification/ (Part 2, 12.2.4)
 */
export function decodeTpmPubArea(bytes: Uint8Array): Decoded<TpmPubArea> {
  const reader = new FieldReader(bytes)
  const type = algorithm(reader, 'type', 'the kind of key')
  const nameAlg = algorithm(reader, 'nameAlg', 'the hash that its name is made with')
  const objectAttributes = reader.number('objectAttributes', 4, attributes)
  const authPolicy = reader.sized('authPolicy', 'the policy that guards the key')
  let key: Partial<TpmPubArea> | undefined
  if (type === rsa) key = rsaKey(reader)
  else if (type === ecc) key = eccKey(reader)
  else if (type !== undefined) reader.stop('parameters', 'of neither RSA nor ECC: not read here')
  reader.end('the structure')
  const node: DecodedNode = {
    name: 'pubArea',
    value: count(bytes.length, 'byte'),
    note: 'the public key as the TPM describes it (TPMT_PUBLIC); it must be the credential’s',
    range: [0, bytes.length],
    spec: 'https://www.w3.org/TR/webauthn-3/#sctn-tpm-attestation',
    children: reader.nodes,
  }
  const value = reader.whole && { value: { nameAlg, objectAttributes, authPolicy, ...key } as TpmPubArea }
  return { node, errors: errorsOf(node), ...value }
}

function algorithm(reader: FieldReader, name: string, note: string): number | undefined {
  return reader.number(name, 2, (number) => ({
    value: tpmAlgorithms[number] ?? `0x${number.toString(16).padStart(4, '0')}`,
    note,
  }))
}

function rsaKey(reader: FieldReader): Partial<TpmPubArea> {
  let [keyBits, exponent]: (number | undefined)[] = []
  reader.group('parameters', 'what kind of RSA key', () => {
    symmetric(reader)
    scheme(reader, 'scheme', 'how it signs or encrypts; NULL leaves it to whoever uses it')
    keyBits = reader.number('keyBits', 2, () => ({ note: 'bits of the modulus' }))
    exponent = reader.number('exponent', 4, (number) => ({ note: number === 0 ? '0 stands for 65537' : 'e' }))
  })
  const n = reader.sized('unique', 'the modulus n')
  return { type: 'RSA', rsa: { keyBits: keyBits ?? 0, exponent: exponent ?? 0, n: n ?? new Uint8Array() } }
}

function eccKey(reader: FieldReader): Partial<TpmPubArea> {
  let curve: number | undefined
  reader.group('parameters', 'what kind of key on a curve', () => {
    symmetric(reader)
    scheme(reader, 'scheme', 'how it signs; NULL leaves it to whoever uses it')
    curve = reader.number('curveID', 2, (number) => ({
      value: tpmCurves[number] ?? `0x${number.toString(16)}`,
      note: 'the curve',
    }))
    scheme(reader, 'kdf', 'how keys are derived from it')
  })
  let [x, y]: (Uint8Array | undefined)[] = []
  reader.group('unique', 'the point', () => {
    x = reader.sized('x', 'the point’s x coordinate')
    y = reader.sized('y', 'the point’s y coordinate')
  })
  return { type: 'ECC', ecc: { curve: curve ?? 0, x: x ?? new Uint8Array(), y: y ?? new Uint8Array() } }
}

/** TPMT_SYM_DEF_OBJECT: of keys that other keys are kept under. */
function symmetric(reader: FieldReader): void {
  const chosen = algorithm(reader, 'symmetric', 'what keys below it are encrypted with')
  if (chosen === undefined || chosen === none) return
  reader.number('symmetric keyBits', 2, () => ({}))
  algorithm(reader, 'symmetric mode', 'the mode of the cipher')
}

/** A scheme, and the hash that all but some have. */
function scheme(reader: FieldReader, name: string, note: string): void {
  const chosen = algorithm(reader, name, note)
  const [encryption, withCount] = [21, 26]
  if (chosen === undefined || chosen === none || chosen === encryption) return
  algorithm(reader, `${name} hashAlg`, 'its hash')
  if (chosen === withCount) reader.number(`${name} count`, 2, () => ({}))
}

function attributes(number: number): Partial<DecodedNode> {
  const bits = Array.from({ length: 32 }, (_, bit) => ({ bit, set: ((number >>> bit) & 1) === 1 }))
  const children = bits.flatMap(({ bit, set }): DecodedNode[] => {
    const [name, note] = tpmObjectAttributes[bit] ?? [
      `reserved${bit}`,
      'reserved: set, though no meaning is given to it',
    ]
    // Reserved ones only where they are set.
    return tpmObjectAttributes[bit] || set
      ? [{ name, value: set ? '1' : '0', note: `bit ${bit}: ${note}`, range: [4, 8] }]
      : []
  })
  const names = children.filter(({ value }) => value === '1').map(({ name }) => name)
  return {
    value: `0x${number.toString(16).padStart(8, '0')} ${names.join(' ')}`.trim(),
    note: 'what the key is and may do',
    children,
  }
}
