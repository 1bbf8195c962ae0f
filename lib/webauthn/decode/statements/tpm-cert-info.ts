import { toHex } from '../bytes.ts'
import { hexLine } from '../cbor-node.ts'
import { count } from '../count.ts'
import { FieldReader } from '../field-reader.ts'
import type { Decoded, DecodedNode } from '../node.ts'
import { errorsOf } from '../tree.ts'
import { tpmAlgorithms, tpmAttestTypes } from './tpm-names.ts'

/** What a TPM certifies of a key. */
export interface TpmCertInfo {
  magic: number
  type: number
  qualifiedSigner: Uint8Array
  extraData: Uint8Array
  clockInfo: { clock: bigint; resetCount: number; restartCount: number; safe: boolean }
  firmwareVersion: bigint
  attested: { name: Uint8Array; qualifiedName: Uint8Array }
}

const generated = 0xff544347
const certify = 0x8017

/**
 * Reads `certInfo`, a TPMS_ATTEST: what the TPM says about the new key, and signs. `value` is there when it stands whole.
 *
 * Whether `extraData` is the hash of the data that was attested, and the name that of `pubArea`, is a ceremony's question.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-tpm-attestation
 * @see https://trustedcomputinggroup.org/resource/tpm-library-specification/ (Part 2, 10.12.8)
 */
export function decodeTpmCertInfo(bytes: Uint8Array): Decoded<TpmCertInfo> {
  const reader = new FieldReader(bytes)
  const magic = reader.number('magic', 4, (number) => ({
    value: `0x${number.toString(16).padStart(8, '0')}`,
    ...(number === generated
      ? { note: 'TPM_GENERATED_VALUE: a TPM made this structure itself' }
      : { error: 'not TPM_GENERATED_VALUE (ff544347): no TPM made this' }),
  }))
  const type = reader.number('type', 2, (number) => ({
    value: tpmAttestTypes[number] ?? `0x${number.toString(16)}`,
    ...(number === certify
      ? { note: 'it certifies a key' }
      : { error: 'not TPM_ST_ATTEST_CERTIFY: what follows is of another kind' }),
  }))
  const qualifiedSigner = reader.sized('qualifiedSigner', 'the key that signs this', tpmName)
  const extraData = reader.sized('extraData', 'the hash of the authenticator data and the client data’s hash')
  const clock: Partial<Record<'clock' | 'resetCount' | 'restartCount' | 'safe', number | bigint>> = {}
  reader.group('clockInfo', 'the TPM’s clock', () => {
    const time = reader.bytes('clock', 8, (bytes) => ({
      value: big(bytes).toLocaleString('en'),
      note: 'milliseconds that it has run for',
    }))
    if (time) clock.clock = big(time)
    clock.resetCount = reader.number('resetCount', 4, () => ({ note: 'how often it was reset' })) ?? 0
    clock.restartCount = reader.number('restartCount', 4, () => ({ note: 'how often it was restarted' })) ?? 0
    clock.safe = reader.number('safe', 1, safe) ?? 0
  })
  const firmware = reader.bytes('firmwareVersion', 8, () => ({ note: 'as the TPM’s maker counts them' }))
  if (type !== undefined && type !== certify) reader.stop('attested', 'not read here')
  let attested: Partial<TpmCertInfo['attested']> = {}
  reader.group('attested', 'the key that is certified', () => {
    const name = reader.sized('name', 'the hash of pubArea, after its algorithm', tpmName)
    const qualifiedName = reader.sized('qualifiedName', 'the same with all keys above it', tpmName)
    attested = { ...(name && { name }), ...(qualifiedName && { qualifiedName }) }
  })
  const node: DecodedNode = {
    name: 'certInfo',
    value: count(bytes.length, 'byte'),
    note: 'what the TPM certifies (TPMS_ATTEST); the signature covers it',
    range: [0, bytes.length],
    spec: 'https://www.w3.org/TR/webauthn-3/#sctn-tpm-attestation',
    children: reader.nodes,
  }
  reader.end('the structure')
  const value = reader.whole && {
    value: {
      magic,
      type,
      qualifiedSigner,
      extraData,
      clockInfo: { ...clock, safe: clock.safe === 1 },
      firmwareVersion: big(firmware ?? new Uint8Array(1)),
      attested,
    } as TpmCertInfo,
  }
  return { node, errors: errorsOf(node), ...value }
}

function safe(number: number): Partial<DecodedNode> {
  return { value: number === 1 ? 'yes' : 'no', note: 'whether the clock is sure not to have run backwards' }
}

function big(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes)}`)
}

/** A name is the algorithm of a hash and the hash; a handle where it has four bytes. */
function tpmName(bytes: Uint8Array): Partial<DecodedNode> {
  const algorithm = tpmAlgorithms[((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)]
  if (bytes.length <= 4 || !algorithm) return {}
  return { value: `${algorithm} ${hexLine(bytes.subarray(2))}` }
}
