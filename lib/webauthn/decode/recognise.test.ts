import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fromBase64url, toHex } from './bytes.ts'
import type { DecodedNode } from './node.ts'
import { longestText, recognise } from './recognise.ts'
import { acmeCertificate } from './x509/samples.ts'

/** Responses of real authenticators and providers, read from a file beside the project. */
const file = process.env.WEBAUTHN_PAYLOADS ?? '../shared/payloads/responses.json'
const present = existsSync(file)
if (!present) console.log(`The real responses are skipped: there is no file ${file} (WEBAUTHN_PAYLOADS names another).`)

interface Credential {
  id: string
  response: Record<string, string>
}
interface Payload {
  name: string
  registration?: { response: Credential }
  authentication?: { response: Credential }
}
const { payloads }: { payloads: Payload[] } = present ? JSON.parse(readFileSync(file, 'utf8')) : { payloads: [] }
const responses = payloads.flatMap(({ name, registration, authentication }) =>
  Object.entries({ registration, authentication }).flatMap(([ceremony, asked]) =>
    asked ? [{ name: `${name} (${ceremony})`, ceremony, credential: asked.response }] : [],
  ),
)

const structures = {
  clientDataJSON: 'client-data',
  attestationObject: 'attestation-object',
  authenticatorData: 'authenticator-data',
} as const

const urlSafe = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const bytesOf = (text: string) => fromBase64url(urlSafe(text)) ?? new Uint8Array()
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const wrapped = (text: string) => text.replace(/.{64}/g, '$&\r\n')

/** Every way in which people write bytes. */
const writings: readonly [name: string, write: (bytes: Uint8Array) => string][] = [
  ['hex', toHex],
  [
    'hex in capitals with colons',
    (bytes) =>
      toHex(bytes)
        .toUpperCase()
        .replace(/..(?=.)/g, '$&:'),
  ],
  ['hex with spaces, over lines', (bytes) => wrapped(toHex(bytes).replace(/..(?=.)/g, '$& '))],
  ['hex with 0x before all of it', (bytes) => `0x${toHex(bytes)}`],
  ['hex with 0x before each byte', (bytes) => toHex(bytes).replace(/..(?=.)/g, '0x$&, ')],
  ['hex with \\x before each byte, in quotes', (bytes) => `"${toHex(bytes).replace(/../g, '\\x$&')}"`],
  ['base64', base64],
  ['base64 without padding', (bytes) => base64(bytes).replaceAll('=', '')],
  ['base64 over lines', (bytes) => wrapped(base64(bytes))],
  ['base64 with percent signs', (bytes) => encodeURIComponent(base64(bytes))],
  ['base64url', (bytes) => urlSafe(base64(bytes))],
  ['base64url with padding', (bytes) => base64(bytes).replaceAll('+', '-').replaceAll('/', '_')],
  ['base64url over lines, in quotes', (bytes) => `"${wrapped(urlSafe(base64(bytes)))}"`],
  ['numbers', (bytes) => JSON.stringify([...bytes])],
]

const samples = responses.flatMap(({ name, credential }) =>
  Object.entries(structures).flatMap(([member, kind]) => {
    const written = credential.response[member]
    return written ? [{ name: `${name} ${member}`, kind, bytes: bytesOf(written) }] : []
  }),
)

const best = (text: string) => recognise(text).readings[0]

test.skipIf(!present)('the real responses are there', () => {
  expect(samples.length).toBeGreaterThan(100)
})

test.each(writings)('every real structure is recognised in %s', async (_, write) => {
  for (const { name, kind, bytes } of samples) {
    const reading = best(write(bytes))
    expect(reading?.kind, name).toBe(kind)
    expect(reading?.errors, name).toEqual([])
    expect(Buffer.compare((await reading?.parts())?.[0]?.bytes ?? new Uint8Array(), bytes), name).toBe(0)
  }
})

test('every real response is recognised as JSON, with its structures, whatever it stands in', async () => {
  for (const { name, ceremony, credential } of responses) {
    const json = JSON.stringify(credential)
    for (const text of [json, JSON.stringify({ ceremonyId: 'x', credential }, null, 2), JSON.stringify([credential])]) {
      const reading = best(text)
      expect([reading?.kind, reading?.name], name).toContainEqual(
        expect.stringMatching(ceremony === 'registration' ? /registration.response/ : /authentication.response/),
      )
      const titles = (await reading?.parts())?.map(({ title }) => title.split('.').at(-1)) ?? []
      const members = Object.keys(structures).filter((member) => credential.response[member])
      expect(titles, name).toEqual(expect.arrayContaining(members))
    }
    expect(best(base64(Buffer.from(json)))?.kind, name).toBe(`${ceremony}-response`)
  }
})

/** The leaves of a tree whose bytes all stand before a place; an object on one line is a tree where the rest is broken. */
function whole(node: DecodedNode, before: number): string[] {
  const { name, value, range, children = [] } = node
  const own =
    range && range[1] <= before && children.length === 0 && !value?.startsWith('{') ? [`${name}=${value}`] : []
  return [...own, ...children.flatMap((child) => whole(child, before))]
}

/**
 * Every tenth byte; each sample in another writing, so that all have their turn. What long ones show is compared at every
 * fifth cut: to read the same chain of certificates again and again takes its time.
 */
test('cut anywhere, a real structure still shows what stands before the cut', { timeout: 120_000 }, async () => {
  for (const [at, { name, kind, bytes }] of samples.entries()) {
    const [, write] = writings[at % writings.length] ?? ['', toHex]
    const intact = (await best(toHex(bytes))?.parts())?.[0]
    for (let cut = 10; cut < bytes.length; cut += 10) {
      const { readings } = recognise(write(bytes.slice(0, cut)))
      // A hash says nothing of itself, nor does JSON that begins unlike a browser's: what those are must be told.
      const known = kind === 'authenticator-data' ? cut >= 60 : kind !== 'client-data' || bytes[2] === 0x74
      if (known && cut > 24) expect(readings[0]?.kind, `${name} cut at ${cut}`).toBe(kind)
      const reading = readings.find((each) => each.kind === kind)
      const compared = (cut / 10 + at) % 5 === 0
      if (!compared && bytes.length > 2_000) continue
      const part = (await reading?.parts())?.[0]
      expect(Buffer.compare(part?.bytes ?? new Uint8Array(), bytes.slice(0, cut)), `${name} cut at ${cut}`).toBe(0)
      if (!intact || !part || !compared) continue
      const shown = JSON.stringify(part.node)
      for (const leaf of whole(intact.node, cut - 1)) {
        const value = leaf.slice(leaf.indexOf('=') + 1)
        if (!shown.includes(JSON.stringify(value).slice(1, -1)))
          throw new Error(`${name} cut at ${cut}: ${leaf} is gone`)
      }
    }
  }
})

test('JSON cut anywhere still shows the structures before the cut, as far as they go', async () => {
  for (const { name, credential } of responses) {
    const text = JSON.stringify(credential)
    for (let cut = 10; cut < text.length; cut += 397) {
      const reading = best(text.slice(0, cut))
      expect(reading?.written, name).toBe('JSON')
      expect(reading?.errors[0], name).toMatch(/^character \d+: /)
      const parts = (await reading?.parts()) ?? []
      expect(parts.at(-1)?.node.children?.length, name).toBeGreaterThan(0)
      for (const member of Object.keys(structures)) {
        const from = text.indexOf(`"${member}":"`)
        if (from >= 0 && from + member.length + 24 < cut)
          expect(
            parts.map(({ title }) => title),
            `${name} cut at ${cut}`,
          ).toContain(`response.${member}`)
      }
    }
  }
})

const pem = (label: string, bytes: Uint8Array) =>
  `-----BEGIN ${label}-----\n${wrapped(base64(bytes))}\n-----END ${label}-----`
const spki =
  'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENEfOGQJd6byTeXM05LIRlgQDEeBIquSKrk+/jP0a4WLIbzvwXaW7oKE8mRmsdnE6f3XSwkJY+GTeW0igSnMJ4A=='

const kinds: readonly [what: string, text: string, kind: string][] = [
  [
    'options for a registration',
    '{"publicKey":{"rp":{"id":"localhost"},"challenge":"AAAA","pubKeyCredParams":[]}}',
    'creation-options',
  ],
  ['options for an authentication', '{"challenge":"AAAA","rpId":"localhost","allowCredentials":[]}', 'request-options'],
  ['client data', '{"type":"webauthn.get","challenge":"AAAA","origin":"https://example.org"}', 'client-data'],
  ['a JWK', '{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}', 'jwk'],
  ['a JWKS', '{"keys":[{"kty":"EC"}]}', 'jwks'],
  ['a problem', '{"type":"about:blank","title":"Not found","status":404}', 'problem'],
  ['a run', '{"kind":"registration","messages":[]}', 'run'],
  ['a list', '[{"kty":"EC"},{"kty":"EC"}]', 'list'],
  ['a JWT', 'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.AAAA', 'jwt'],
  ['a cut JWT', 'Bearer eyJhbGciOiJFUzI1NiJ9.eyJpc3Mi', 'jwt'],
  ['a COSE key', 'a50102032620012158201111111111111111111111111111111111111111111111111111111111111111', 'cose-key'],
  ['a signature', '3006020101020101', 'signature'],
  ['a certificate', toHex(acmeCertificate), 'certificate'],
  ['a certificate in PEM', pem('CERTIFICATE', acmeCertificate), 'certificate'],
  ['a chain', `${pem('CERTIFICATE', acmeCertificate)}\n${pem('CERTIFICATE', acmeCertificate)}`, 'certificate-chain'],
  ['a public key', spki, 'public-key'],
  ['a public key in PEM', pem('PUBLIC KEY', Buffer.from(spki, 'base64')), 'public-key'],
  ['CBOR', 'a2616101616202', 'cbor'],
  ['an AAGUID', 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd', 'aaguid'],
  ['what nothing reads', '¿qué?', 'text'],
]
test.each(kinds)('%s is recognised', async (_, text, kind) => {
  const reading = best(text)
  expect(reading?.kind).toBe(kind)
  expect(await reading?.parts()).not.toEqual([])
})

test('what breaks is read up to there, and the place and the reason are told', () => {
  expect(best('a1 63 66 6d 74 6g 00')?.errors).toEqual([
    'character 17: “g” is no hex digit; what stands before it is read',
    'the last digit is half a byte: left out',
  ])
  expect(best('o2NmbXRkbm9uZQ(')?.errors).toEqual([
    'character 15: “(” is not of base64’s alphabets; what stands before is read',
  ])
  expect(best('{\n  "kty": "EC",\n  crv: 1 }')?.errors).toEqual(['line 3, character 3: not a value of JSON'])
})

test('of a certificate cut anywhere, what stands before the cut is shown', async () => {
  for (let cut = 20; cut < acmeCertificate.length; cut += 10) {
    const reading = best(toHex(acmeCertificate.slice(0, cut)))
    expect(reading?.kind, `cut at ${cut}`).toBe('certificate')
    const [part] = (await reading?.parts()) ?? []
    expect(part?.node.children?.length, `cut at ${cut}`).toBeGreaterThan(0)
    expect(part?.errors).not.toEqual([])
  }
})

test.each([
  ['PEM', '-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEG\n-----END PRIVATE KEY-----'],
  ['a JWK', '{"kty":"EC","crv":"P-256","d":"MIGHAgEAMBMGByqGSM49AgEG"}'],
  ['a JWK of ML-DSA', '{"kty":"AKP","alg":"ML-DSA-44","priv":"MIGHAgEAMBMGByqGSM49AgEG"}'],
  ['a set of JWKs', '{"keys":[{"kty":"OKP"},{"kty":"oct","k":"MIGHAgEAMBMGByqGSM49AgEG"}]}'],
])('a private key in %s is told for one, and not shown', async (_, text) => {
  const { readings } = recognise(text)
  expect(readings[0]?.name).toBe('a private key')
  expect(readings[0]?.errors.join()).toMatch(/nothing of it is shown/)
  for (const { parts, value } of readings) expect(JSON.stringify([value, await parts()])).not.toMatch(/MIGH|308187/)
})

test('a public key comes as COSE, JWK and PEM, whichever it was', async () => {
  const formsOf = async (text: string) => (await best(text)?.parts())?.[0]?.forms
  const forms = (await formsOf(spki)) ?? []
  expect(forms.map(({ name }) => name)).toEqual(['COSE', 'JWK', 'PEM'])
  for (const { text } of forms) expect(await formsOf(text)).toEqual(forms)
  expect(await formsOf('a50102032620012158201111111111111111111111111111111111111111111111111111111111111111')).toBe(
    undefined,
  )
})

test('a JWT’s signature is one value, as its algorithm may be any', async () => {
  const [, , signature] = (await best(`eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.${'A'.repeat(86)}`)?.parts()) ?? []
  expect(signature).toMatchObject({ title: 'signature', node: { value: '00'.repeat(64), range: [0, 64] } })
  expect(signature?.node.children).toBeUndefined()
})

test('what stands after a public key, and what is wrong in a block of PEM, is told', async () => {
  const longer = `${Buffer.from(spki, 'base64').toString('hex')}01`
  expect((await best(longer)?.parts())?.[0]?.errors).toEqual(['trailing bytes: 1 byte after the key'])
  const text = `${pem('CERTIFICATE', acmeCertificate)}\n-----BEGIN CERTIFICATE-----\nMII?`
  expect(best(text)?.errors).toEqual([
    'certificate 2: line 2, character 4: “?” is not of base64’s alphabets; what stands before is read',
    'certificate 2: the line END is missing',
  ])
})

test('what could be something else says so, and may be read as that', () => {
  const { readings } = recognise('deadbeefdeadbeefdeadbeefdeadbeef')
  expect(readings.filter(({ likely }) => likely).map(({ id }) => id)).toEqual(['hex aaguid', 'hex bytes'])
  expect(readings.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['hex authenticator-data', 'base64url or base64 bytes']),
  )
  expect(new Set(readings.map(({ id }) => id)).size).toBe(readings.length)
})

test('nothing is nothing, and more than the most is refused', () => {
  expect(recognise(' \n')).toEqual({ readings: [] })
  expect(recognise('a'.repeat(longestText + 1)).refused).toMatch(/at most 262,144 characters/)
})

/** What is dear to read, each as long as may be. */
const hostile: readonly [what: string, text: string][] = [
  ['brackets', '['.repeat(longestText)],
  ['objects', '{"a":'.repeat(50_000)],
  ['commas', `[${','.repeat(longestText - 2)}]`],
  ['numbers', `[${'1,'.repeat(longestText / 2 - 2)}1]`],
  ['quotes', '"'.repeat(longestText)],
  ['escapes', '\\x'.repeat(longestText / 2)],
  ['percent signs', '%41'.repeat(longestText / 3)],
  ['dots', `eyJ${'.'.repeat(longestText - 3)}`],
  ['lines of PEM', '-----BEGIN CERTIFICATE-----\n'.repeat(9_000)],
  ['dashes', '-'.repeat(longestText)],
  ['nested CBOR', '81'.repeat(longestText / 2)],
  ['a long list in CBOR', `9a0001ffff${'00'.repeat(longestText / 2 - 5)}`],
  ['white space', `a${' '.repeat(longestText - 2)}g`],
]
test.each(hostile)('%s neither hold nor break it', async (_, text) => {
  for (const { parts } of recognise(text).readings) {
    for (const { node } of await parts()) expect(JSON.stringify(node).length).toBeLessThan(4_000_000)
  }
})
