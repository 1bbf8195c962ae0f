import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { toHex } from '../bytes.ts'
import type { DecodedNode } from '../node.ts'
import { decodeCertificate } from './certificate.ts'
import { acmeCertificate } from './samples.ts'

const all = (node: DecodedNode): DecodedNode[] => [node, ...(node.children ?? []).flatMap(all)]
const { node, value, errors } = decodeCertificate(acmeCertificate)
const find = (name: string, within = node) => all(within).find((part) => part.name === name)

test('a certificate says what OpenSSL says of it', () => {
  const openssl = new X509Certificate(acmeCertificate)
  expect(errors).toEqual([])
  expect(value).toMatchObject({ version: 3, signatureAlgorithm: 'ecdsa-with-SHA256' })
  expect(value?.serialNumber).toBe(openssl.serialNumber.toLowerCase())
  expect(value?.subject).toBe(openssl.subject.replaceAll('\n', ', '))
  expect(value?.issuer).toBe(openssl.issuer.replaceAll('\n', ', '))
  expect([value?.notBefore, value?.notAfter]).toEqual([openssl.validFromDate, openssl.validToDate])
  expect(value?.fingerprint).toBe(openssl.fingerprint256.replaceAll(':', '').toLowerCase())
  expect(value?.publicKey).toEqual(Uint8Array.from(openssl.publicKey.export({ type: 'spki', format: 'der' })))
})

test.each([
  ['basicConstraints', 'CA: it may issue certificates'],
  ['pathLenConstraint', '0'],
  ['keyUsage', 'digitalSignature, keyCertSign'],
  ['extKeyUsage', 'tcg-kp-AIKCertificate, clientAuth'],
  ['DNS', 'acme.example'],
  ['URI', 'https://acme.example/a'],
  ['IP address', '203.0.113.10'],
  ['email', 'key@acme.example'],
  ['policyIdentifier', '1.2.3.4'],
  ['id-fido-gen-ce-aaguid', '00010203-0405-0607-0809-0a0b0c0d0e0f'],
  ['id-fido-u2f-ce-transports', 'usb, nfc'],
  ['nonce', 'aa'.repeat(32)],
  ['keyIdentifier', 'ea643f6e3b50ae45d908e8cdb873bddc861100fb'],
])('its extension’s %s is %s', (name, value) => {
  expect(find(name)).toMatchObject({ value })
})

test('addresses of revocation lists and of the issuer are told, and an extension that is not known is shown', () => {
  expect(find('URI', find('cRLDistributionPoints'))).toMatchObject({ value: 'https://acme.example/crl' })
  expect(find('URI', find('ocsp'))).toMatchObject({ value: 'https://acme.example/ocsp' })
  expect(find('1.3.6.1.4.1.41482.2')).toMatchObject({ value: '1.2.3', note: 'not known here' })
  expect(find('[0]', find('1.2.3.4.5'))).toMatchObject({ value: '42' })
  expect(find('basicConstraints')?.note).toMatch(/^critical: /)
  expect(value?.extensions.get('2.5.29.19')?.critical).toBe(true)
  expect(value?.extensions.get('1.3.6.1.4.1.45724.1.1.4')?.critical).toBe(false)
})

test('every part has its bytes', () => {
  const at = (name: string) => toHex(acmeCertificate.subarray(...(find(name)?.range ?? [0, 0])))
  expect(at('serialNumber')).toBe('02030102a0')
  expect(at('aaguid')).toBe('0410000102030405060708090a0b0c0d0e0f')
  const without = all(node).filter(({ range }) => !range)
  expect(without.map(({ name }) => name)).toEqual(['fingerprint'])
})

test('what is no certificate, and what comes after one, is an error', () => {
  for (const bytes of [[], [0x30], [0x30, 0], [4, 0], [0x30, 0x80, 0, 0], [0x30, 2, 0x30, 0]]) {
    const { value, errors } = decodeCertificate(Uint8Array.from(bytes))
    expect([value, errors.length > 0]).toEqual([undefined, true])
  }
  expect(decodeCertificate(Uint8Array.of(...acmeCertificate, 0)).errors).toEqual([
    'trailing bytes: 1 byte after the certificate',
  ])
})

/** A sequence in DER. */
function sequence(...content: Uint8Array[]): Uint8Array {
  const bytes = Uint8Array.from(content.flatMap((part) => [...part]))
  return Uint8Array.of(0x30, 0x83, bytes.length >> 16, (bytes.length >> 8) & 255, bytes.length & 255, ...bytes)
}
const nothings = (count: number) => Uint8Array.from({ length: 2 * count }, (_, at) => (at % 2 ? 0 : 5))
const nested = (deep: number): Uint8Array => (deep === 0 ? nothings(1) : sequence(nested(deep - 1)))

test('a hostile certificate is read up to a thousand values and 24 deep, and no further', () => {
  for (const hostile of [sequence(nothings(20_000)), sequence(sequence(nothings(20_000))), sequence(nested(500))]) {
    const { node, value, errors } = decodeCertificate(hostile)
    expect(value).toBeUndefined()
    expect(errors.join()).toMatch(/more than 1,000 values|nested more than 24 deep/)
    expect(all(node).length).toBeLessThan(1100)
  }
  const longId = sequence(sequence(Uint8Array.of(6, 0x82, 0x20, 0, ...new Uint8Array(0x2000).fill(0x81))))
  expect(decodeCertificate(longId).errors.length).toBeGreaterThan(0)
  const announced = Uint8Array.of(0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 5, 0)
  expect(decodeCertificate(announced).errors.join()).toMatch(/2,147,483,647 bytes are announced, and 2 are left/)
})

test('cut anywhere or changed anywhere, a certificate never throws, and no range leaves its bytes', () => {
  let seed = 7
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  const cuts = Array.from({ length: 88 }, (_, at) => acmeCertificate.slice(0, at * 10))
  const changed = Array.from({ length: 200 }, () => {
    const bytes = acmeCertificate.slice(0, random(3) ? undefined : random(acmeCertificate.length))
    for (let change = random(4); change >= 0; change--) bytes[random(bytes.length)] = random(256)
    return bytes
  })
  for (const bytes of [...cuts, ...changed]) {
    const { node, errors } = decodeCertificate(bytes)
    const parts = all(node)
    expect(errors.length > 0).toBe(parts.some(({ error }) => error))
    expect(parts.every(({ range: [from, to] = [0, 0] }) => 0 <= from && from <= to && to <= bytes.length)).toBe(true)
  }
})
