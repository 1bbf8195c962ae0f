import { expect, test } from 'vitest'
import { toHex } from '../bytes.ts'
import type { DecodedNode } from '../node.ts'
import { decodeTpmCertInfo } from './tpm-cert-info.ts'
import { decodeTpmPubArea } from './tpm-pub-area.ts'

const bytes = (hex: string) =>
  Uint8Array.from(hex.replace(/\s/g, '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
const all = (node: DecodedNode): DecodedNode[] => [node, ...(node.children ?? []).flatMap(all)]
const find = (node: DecodedNode, name: string) => all(node).find((part) => part.name === name)

const certInfo = bytes(`ff544347 8017 0022 000b${'aa'.repeat(32)} 0014${'bb'.repeat(20)}
  0000000000000102 00000003 00000004 01 0001000200030004 0022 000b${'cc'.repeat(32)} 0022 000b${'dd'.repeat(32)}`)
const rsa = bytes(`0001 000b 00060472 0020${'ee'.repeat(32)} 0010 0010 0800 00000000 0100${'f1'.repeat(256)}`)
const ecc = bytes(`0023 000b 00060472 0000 0010 0018 000b 0003 0010 0020${'01'.repeat(32)} 0020${'02'.repeat(32)}`)

test('certInfo is read field by field', () => {
  const { node, value, errors } = decodeTpmCertInfo(certInfo)
  expect(errors).toEqual([])
  expect(value).toMatchObject({
    magic: 0xff544347,
    type: 0x8017,
    clockInfo: { clock: 258n, resetCount: 3, restartCount: 4, safe: true },
    firmwareVersion: 0x0001000200030004n,
  })
  expect(toHex(value?.attested.name ?? new Uint8Array())).toBe(`000b${'cc'.repeat(32)}`)
  expect(find(node, 'type')).toMatchObject({ value: 'TPM_ST_ATTEST_CERTIFY', range: [4, 6] })
  expect(find(node, 'extraData')).toMatchObject({ value: 'bb'.repeat(20), range: [42, 64] })
  expect(find(node, 'clockInfo')).toMatchObject({
    range: [64, 81],
    children: [{ value: '258' }, {}, {}, { value: 'yes' }],
  })
  expect(find(node, 'qualifiedName')?.value).toBe(`SHA-256 ${'dd'.repeat(32)}`)
})

test('pubArea of an RSA key is read field by field, its attributes bit by bit', () => {
  const { node, value, errors } = decodeTpmPubArea(rsa)
  expect(errors).toEqual([])
  expect(value).toMatchObject({ type: 'RSA', nameAlg: 11, rsa: { keyBits: 2048, exponent: 0 } })
  const set = find(node, 'objectAttributes')?.children?.filter(({ value }) => value === '1')
  expect(set?.map(({ name }) => name)).toEqual([
    'fixedTPM',
    'fixedParent',
    'sensitiveDataOrigin',
    'userWithAuth',
    'noDA',
    'decrypt',
    'sign',
  ])
  expect(find(node, 'exponent')?.note).toBe('0 stands for 65537')
  expect(find(node, 'unique')).toMatchObject({
    note: 'the modulus n, 256 bytes',
    range: [rsa.length - 258, rsa.length],
  })
})

test('pubArea of a key on a curve has its curve, its scheme and its point', () => {
  const { node, value, errors } = decodeTpmPubArea(ecc)
  expect(errors).toEqual([])
  expect(value).toMatchObject({
    type: 'ECC',
    ecc: { curve: 3, x: new Uint8Array(32).fill(1), y: new Uint8Array(32).fill(2) },
  })
  expect(find(node, 'scheme')?.value).toBe('ECDSA')
  expect(find(node, 'scheme hashAlg')?.value).toBe('SHA-256')
  expect(find(node, 'curveID')?.value).toBe('P-256')
  expect(find(node, 'y')?.value).toBe('02'.repeat(32))
})

test('what no TPM made, and what is of another kind, is an error', () => {
  const wrong = (at: number, byte: number) => decodeTpmCertInfo(certInfo.with(at, byte)).errors
  expect(wrong(0, 0)).toEqual(['magic: not TPM_GENERATED_VALUE (ff544347): no TPM made this'])
  expect(wrong(5, 0x18)[0]).toMatch(/^type: not TPM_ST_ATTEST_CERTIFY/)
  expect(decodeTpmPubArea(rsa.with(1, 0x25)).errors).toEqual(['parameters: of neither RSA nor ECC: not read here'])
  expect(decodeTpmPubArea(Uint8Array.of(...rsa, 0)).errors).toEqual(['trailing bytes: 1 byte after the structure'])
  expect(find(decodeTpmPubArea(rsa.with(7, 0x73)).node, 'reserved0')?.value).toBe('1')
})

test.each([
  ['certInfo', certInfo, decodeTpmCertInfo],
  ['pubArea, RSA', rsa, decodeTpmPubArea],
  ['pubArea, ECC', ecc, decodeTpmPubArea],
] as const)('cut anywhere, %s shows the fields before the cut and has one error', (_, whole, decode) => {
  const fields = all(decode(whole).node).filter(({ children, range }) => !children && range)
  for (let length = 0; length < whole.length; length++) {
    const { node, value, errors } = decode(whole.slice(0, length))
    expect([value, errors.length], `${length} bytes`).toEqual([undefined, 1])
    const shown = all(node)
    for (const field of fields.filter(({ range }) => (range?.[1] ?? 0) <= length)) expect(shown).toContainEqual(field)
  }
})
