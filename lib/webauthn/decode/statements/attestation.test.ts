import { existsSync, readFileSync } from 'node:fs'
import { encode } from 'cborg'
import { expect, test } from 'vitest'
import { decodeAttestationObject } from '../attestation-object.ts'
import { decodeAuthenticatorData } from '../authenticator-data.ts'
import { toHex } from '../bytes.ts'
import { decodeClientData } from '../client-data.ts'
import type { Decoded, DecodedNode } from '../node.ts'
import { decodeSignature } from '../signature.ts'
import { acmeCertificate } from '../x509/samples.ts'
import { decodeWholeAttestationObject } from './attestation.ts'
import { decodeJws } from './jws.ts'

/** Responses of real authenticators and providers, with what they hold, read from a file beside the project. */
const file = process.env.WEBAUTHN_PAYLOADS ?? '../shared/payloads/responses.json'
const vectorsFile = process.env.WEBAUTHN_VECTORS ?? '../shared/vectors/webauthn-l3.json'
const json = (path: string, empty: object) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : empty)

interface Payload {
  name: string
  registration?: {
    response: { response: Record<string, string> }
    contains: { fmt: string; attStmt: Record<string, unknown> }
  }
  authentication?: { response: { response: Record<string, string> } }
}
interface Vector {
  id: string
  registration: { attestationObject: string; clientDataJSON: string }
}
const { payloads }: { payloads: Payload[] } = json(file, { payloads: [] })
const { vectors }: { vectors: Vector[] } = json(vectorsFile, { vectors: [] })
if (payloads.length === 0)
  console.log(`The real responses are skipped: there is no file ${file} (WEBAUTHN_PAYLOADS names another).`)

const all = (node: DecodedNode): DecodedNode[] => [node, ...(node.children ?? []).flatMap(all)]
const find = (node: DecodedNode, name: string) => all(node).find((part) => part.name === name)
const base64 = (text = '') => Uint8Array.from(Buffer.from(text, 'base64'))
const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))

type Decode = (bytes: Uint8Array) => Decoded<unknown>

/** Of what is cut, the algorithm must say what it was. */
const signatureOf = (length: number) => {
  const alg = new Map([
    [64, -8],
    [2420, -48],
    [3309, -49],
    [4627, -50],
  ]).get(length)
  return (bytes: Uint8Array) => decodeSignature(bytes, alg)
}

const samples: [name: string, what: string, bytes: Uint8Array, decode: Decode][] = [
  ...payloads.flatMap(({ name, registration, authentication }) =>
    [registration, authentication].flatMap((ceremony): typeof samples => {
      const { attestationObject, clientDataJSON, authenticatorData, signature } = ceremony?.response.response ?? {}
      return [
        ...(attestationObject
          ? [
              [
                name,
                'attestationObject',
                base64(attestationObject),
                decodeWholeAttestationObject,
              ] as (typeof samples)[0],
            ]
          : []),
        ...(clientDataJSON
          ? [[name, 'clientDataJSON', base64(clientDataJSON), decodeClientData] as (typeof samples)[0]]
          : []),
        ...(authenticatorData
          ? [[name, 'authenticatorData', base64(authenticatorData), decodeAuthenticatorData] as (typeof samples)[0]]
          : []),
        ...(signature
          ? [[name, 'signature', base64(signature), signatureOf(base64(signature).length)] as (typeof samples)[0]]
          : []),
      ]
    }),
  ),
  ...vectors.map(({ id, registration }): (typeof samples)[0] => [
    id,
    'attestationObject',
    hex(registration.attestationObject),
    decodeWholeAttestationObject,
  ]),
]

test.skipIf(payloads.length === 0)('every real response decodes without an error', () => {
  expect(samples.length).toBeGreaterThan(120)
  for (const [name, what, bytes, decode] of samples)
    expect([name, what, decode(bytes).errors]).toEqual([name, what, []])
})

test.skipIf(payloads.length === 0)('a real response’s statement holds what it holds', () => {
  for (const { name, registration } of payloads) {
    if (!registration) continue
    const { node, value } = decodeWholeAttestationObject(base64(registration.response.response.attestationObject))
    const { fmt, attStmt } = registration.contains
    expect(value?.fmt, name).toBe(fmt)
    const statement = node.children?.find((part) => part.name === 'attStmt')
    const shown = Object.fromEntries(
      (statement?.children ?? []).map(({ name, value, note, children }) => [
        name,
        name === 'x5c' ? `${children?.length} certs` : (note?.match(/([\d,]+ bytes)/)?.[1]?.replace(',', '') ?? value),
      ]),
    )
    expect(shown, name).toEqual(
      Object.fromEntries(Object.entries(attStmt).map(([name, value]) => [name, String(value)])),
    )
    if (attStmt.x5c)
      expect(all(statement as DecodedNode).filter((part) => part.name === 'tbsCertificate').length, name).toBe(
        Number.parseInt(String(attStmt.x5c), 10),
      )
  }
})

/** The shortest of each format: to read certificates at hundreds of cuts takes its time. */
const shortest = Object.values(
  Object.groupBy(
    samples.filter(([, , , decode]) => decode === decodeWholeAttestationObject),
    ([, , bytes, decode]) => String((decode(bytes).value as { fmt?: string } | undefined)?.fmt),
  ),
).map((those = []) => those.reduce((a, b) => (b[2].length < a[2].length ? b : a)))
const shallow = samples.map(([name, what, bytes, decode]): (typeof samples)[0] => [
  name,
  what,
  bytes,
  decode === decodeWholeAttestationObject ? decodeAttestationObject : decode,
])

test.skipIf(payloads.length === 0).each([
  ['each', shallow],
  ['the shortest of each format, with all that is in its statement', shortest],
])('%s, cut at every tenth byte, shows every field that stands whole before the cut', (_, those) => {
  for (const [name, what, bytes, decode] of those) {
    const fields = all(decode(bytes).node).filter(({ children, range }) => range && !children?.length)
    for (let length = 0; length < bytes.length; length += 10) {
      const shown = new Set(all(decode(bytes.slice(0, length)).node).map(key))
      const missing = fields.filter((field) => (field.range?.[1] ?? 0) <= length && !shown.has(key(field)))
      if (missing.length > 0) expect([name, what, length, missing.map((field) => field.name)]).toEqual([])
    }
  }
})

const key = ({ name, value, range }: DecodedNode) => JSON.stringify([name, value, range])

const authData = Uint8Array.of(...new Uint8Array(32), 1, 0, 0, 0, 0)
const whole = (fmt: string, attStmt: unknown) => decodeWholeAttestationObject(encode({ fmt, attStmt, authData }))
const noCredential = 'authData: a registration needs a credential: the flag AT is not set'

test('certificates stand in the statement with their places', () => {
  const bytes = Uint8Array.from(
    encode({ fmt: 'packed', attStmt: { alg: -7, sig: hex('3006020101020102'), x5c: [acmeCertificate] }, authData }),
  )
  const { node, errors } = decodeWholeAttestationObject(bytes)
  expect(errors).toEqual([noCredential])
  expect(find(node, 'x5c[0]')).toMatchObject({ value: expect.stringContaining('CN=Acme Key 1') })
  expect(toHex(bytes.subarray(...(find(node, 'aaguid')?.range ?? [0, 0])))).toBe('0410000102030405060708090a0b0c0d0e0f')
  expect(find(node, 's')).toMatchObject({ value: '02' })
})

test('each statement of a compound one is read as its own format', () => {
  const inner = { fmt: 'packed', attStmt: { alg: -7, sig: hex('3006020101020102'), x5c: [acmeCertificate] } }
  const { node, errors } = whole('compound', [
    inner,
    { fmt: 'fido-u2f', attStmt: { sig: hex('00'), x5c: [acmeCertificate] } },
  ])
  expect(errors).toEqual([noCredential])
  const [first, second] = find(node, 'attStmt')?.children ?? []
  expect([find(first as DecodedNode, 'fmt')?.value, find(second as DecodedNode, 'fmt')?.value]).toEqual([
    'packed',
    'fido-u2f',
  ])
  expect(all(node).filter(({ name }) => name === 'id-fido-gen-ce-aaguid')).toHaveLength(2)
  expect(whole('compound', [inner]).errors[0]).toBe('attStmt: at least two statements are needed')
  expect(whole('compound', [inner, { fmt: 'compound', attStmt: [] }]).errors.join()).toMatch(
    /cannot be compound itself/,
  )
  expect(whole('compound', [inner, 7]).errors[0]).toBe('[1]: a CBOR map is needed')
})

test('what is refused for its size is not read further', () => {
  const { node } = whole('packed', { alg: -7, sig: hex('00'), x5c: [new Uint8Array(5000)] })
  expect(find(node, 'x5c[0]')).toMatchObject({ error: 'longer than 4,096 bytes' })
  expect(find(node, 'tbsCertificate')).toBeUndefined()
})

test('SafetyNet’s answer is read in the places of its text, with its certificates', () => {
  const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const header = base64url({ alg: 'RS256', x5c: [Buffer.from(acmeCertificate).toString('base64')] })
  const text = `${header}.${base64url({ nonce: 'AAAA', ctsProfileMatch: true })}.AAAA`
  const bytes = Uint8Array.from(
    encode({ fmt: 'android-safetynet', attStmt: { ver: '1', response: new TextEncoder().encode(text) }, authData }),
  )
  const { node, errors } = decodeWholeAttestationObject(bytes)
  expect(errors).toEqual([noCredential])
  expect(find(node, 'ctsProfileMatch')).toMatchObject({
    value: 'true',
    note: expect.stringContaining('WebAuthn asks for true'),
  })
  expect(find(node, 'x5c[0]')?.value).toContain('CN=Acme Key 1')
  const [from, to] = find(node, 'payload')?.range ?? [0, 0]
  expect(new TextDecoder().decode(bytes.subarray(from, to))).toBe(text.split('.')[1])
  const broken = whole('android-safetynet', { ver: '1', response: new TextEncoder().encode(header) })
  expect(broken.errors[0]).toMatch(/^response: three parts .* are needed, and these are 1 part$/)
})

test('a signed text of nothing but padding is read once', () => {
  const { node, errors } = decodeJws(new TextEncoder().encode(`e30.e30.${'='.repeat(500_000)}x`))
  expect(node.children?.map(({ name }) => name)).toEqual(['header', 'payload', 'signature'])
  expect(errors).not.toEqual([])
  expect(decodeJws(new TextEncoder().encode('e30=.e30=.AA== \n')).value?.signature).toEqual(Uint8Array.of(0))
})
