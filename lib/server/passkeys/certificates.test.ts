import { describe, expect, test } from 'vitest'
import { certificatesFault } from './certificates.ts'

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

const faultOf = (fmt: string, x5c: Uint8Array[]) =>
  certificatesFault({ fmt, attStmt: new Map([['x5c', x5c]]), authData: new Uint8Array() })

describe.each(['packed', 'fido-u2f', 'tpm'])('of the format %s, for whose certificates no root is known', (fmt) => {
  test('the one that signs is read up to 200 parts, and those of its issuers are not', () => {
    expect(faultOf(fmt, [nothings(199)])).toBeUndefined()
    expect(faultOf(fmt, [nothings(199), nothings(1_000)])).toBeUndefined()
    for (const many of [nothings(200), nothings(1_900), nested(200), nested(1_000)]) {
      expect(faultOf(fmt, [many])).toBe('a certificate with more in it than any real one')
    }
  })

  test('what is no certificate is left to whoever reads it', () => {
    for (const none of [new Uint8Array(), new Uint8Array(100).fill(0xff), Uint8Array.of(0x30)]) {
      expect(faultOf(fmt, [none])).toBeUndefined()
    }
  })
})

test.each(['apple', 'android-key'])('of the format %s, whatever leads to no root is not read', (fmt) => {
  for (const x5c of [[], [new Uint8Array()], [nothings(10)], [nothings(1_900), nothings(1_900)]]) {
    expect(faultOf(fmt, x5c)).toBe('certificates that end in no root that is known here')
  }
})

test('an answer of SafetyNet has its certificates in its header, and without a root of theirs is not read', () => {
  const jws = (header: unknown) => `${Buffer.from(JSON.stringify(header)).toString('base64url')}.e30.AA`
  for (const text of ['', 'x', '.', jws(null), jws({}), jws({ x5c: 7 }), jws({ x5c: ['AA'] }), jws({ x5c: [{}] })]) {
    const attStmt = new Map([['response', new TextEncoder().encode(text)]])
    expect(certificatesFault({ fmt: 'android-safetynet', attStmt, authData: new Uint8Array() }), text).toMatch(
      /no root/,
    )
  }
})
