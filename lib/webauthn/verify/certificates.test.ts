import { expect, test } from 'vitest'
import { certificateParts } from './certificate-parts.ts'
import { certificatesFault, certificatesOf } from './certificates.ts'

/** A sequence in DER. */
function sequence(content: Uint8Array): Uint8Array {
  return Uint8Array.of(0x30, 0x82, content.length >> 8, content.length & 255, ...content)
}

/** A sequence of so many nothings. */
const nothings = (count: number) => sequence(Uint8Array.from({ length: 2 * count }, (_, at) => (at % 2 ? 0 : 5)))

/** Sequences in each other. */
function nested(deep: number): Uint8Array {
  return deep === 0 ? new Uint8Array() : sequence(nested(deep - 1))
}

/** A time, a text in four bytes a character and one in two, none of which is one: their reader throws. */
const unreadable = [0x18, 0x1c, 0x1e].map((tag) => sequence(Uint8Array.of(tag, 3, 0x78, 0x78, 0x78)))

const safetyNet = (header: unknown) => {
  const jws = `${typeof header === 'string' ? header : Buffer.from(JSON.stringify(header)).toString('base64url')}.e30.AA`
  const attStmt = new Map([['response', new TextEncoder().encode(jws)]])
  return { fmt: 'android-safetynet', attStmt, authData: new Uint8Array() }
}

const statement = (fmt: string, x5c: Uint8Array[]) =>
  fmt === 'android-safetynet'
    ? safetyNet({ x5c: x5c.map((der) => Buffer.from(der).toString('base64')) })
    : { fmt, attStmt: new Map([['x5c', x5c]]), authData: new Uint8Array() }

const formats = ['packed', 'fido-u2f', 'tpm', 'apple', 'android-key', 'android-safetynet']

test.each(formats)('of the format %s the certificate that signs is read up to 200 parts', (fmt) => {
  const faultOf = (...x5c: Uint8Array[]) => certificatesFault(statement(fmt, x5c))
  expect(faultOf(nothings(199))).toBeUndefined()
  expect(faultOf(nothings(199), nothings(1_000))).toBeUndefined()
  for (const many of [nothings(200), nothings(1_900), nested(200), nested(1_000)]) {
    expect(faultOf(many)).toBe('a certificate with more in it than any real one')
  }
})

test.each(formats)('of the format %s what is no certificate is left to whoever reads it', (fmt) => {
  expect(certificatesFault(statement(fmt, []))).toBeUndefined()
  for (const none of [new Uint8Array(), new Uint8Array(100).fill(0xff), Uint8Array.of(0x30), ...unreadable]) {
    expect(certificatesFault(statement(fmt, [none]))).toBeUndefined()
    expect(certificateParts(none)).toBeUndefined()
  }
})

test('an answer of SafetyNet has its certificates in its header, at most eight are read, and of another header none', () => {
  const der = [nothings(1), nothings(2)]
  expect(certificatesOf(statement('android-safetynet', der))).toEqual(der)
  expect(certificatesOf(statement('android-safetynet', Array(9).fill(nothings(1))))).toHaveLength(8)
  for (const header of ['', 'x', null, {}, { x5c: 7 }, { x5c: [{}] }]) {
    expect(certificatesOf(safetyNet(header))).toEqual([])
  }
})
