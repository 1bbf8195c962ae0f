import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { mpcRpcs } from '#lib/contract/mpc-operations.ts'
import { authenticationResponse, registrationResponse } from '#lib/contract/passkeys.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { certificatesFault } from '#lib/webauthn/verify/certificates.ts'
import { structures } from './bodies.ts'
import { certificatesOf } from './certificates.ts'
import { endpoints } from './endpoints.ts'
import { heads } from './heads.ts'
import { assertions, attestations } from './responses.ts'
import { rpcs } from './rpcs.ts'
import { schemaOf } from './schemas.ts'

// What is refused by its size alone would be cheap, and would show nothing.

const challenge = 'AAAAAAAAAAAAAAAAAAAAAA'
const creation = {
  rp: { id: 'localhost', name: 'x' },
  user: { id: 'AAAA', name: 'x', displayName: 'x' },
  challenge,
  pubKeyCredParams: [{ type: 'public-key' as const, alg: -7 }],
  authenticatorSelection: { residentKey: 'required' as const },
}

test('every bad response is one that the schemas let through, and a body holds it', () => {
  for (const [name, overrides] of Object.entries(attestations())) {
    const credential = new SoftwareAuthenticator({ origin: 'http://localhost' }).create(creation, overrides)
    expect(registrationResponse.safeParse(credential).error?.message, name).toBeUndefined()
    expect(JSON.stringify({ credential }).length, name).toBeLessThan(65_000)
  }
  const authenticator = new SoftwareAuthenticator({ origin: 'http://localhost' })
  authenticator.create(creation)
  for (const [name, overrides] of Object.entries(assertions())) {
    const credential = authenticator.get({ challenge, rpId: 'localhost' }, overrides)
    expect(authenticationResponse.safeParse(credential).error?.message, name).toBeUndefined()
    expect(JSON.stringify({ credential }).length, name).toBeLessThan(65_000)
  }
})

test('every chain that can be read is one that is read on', () => {
  const chains = Object.entries(certificatesOf(31_000)).filter(([name]) => /certificate of|chain/.test(name))
  expect(chains).toHaveLength(4)
  for (const [name, x5c] of chains) {
    expect(new X509Certificate(x5c[0] as Uint8Array).subject, name).toContain('OU=Authenticator Attestation')
    const statement = { fmt: 'packed', attStmt: new Map([['x5c', x5c]]), authData: new Uint8Array() }
    expect(certificatesFault(statement), name).toBeUndefined()
  }
})

test('every body and every head is nearly as long as it may be, and no longer', () => {
  for (const [name, body] of Object.entries(structures)) {
    expect(body.length, name).toBeGreaterThan(64_000)
    expect(body.length, name).toBeLessThanOrEqual(65_536)
  }
  for (const { path, bodies } of [...endpoints(), ...rpcs()]) {
    for (const [name, body] of Object.entries(bodies)) {
      expect(Buffer.byteLength(body), `${path} ${name}`).toBeLessThanOrEqual(65_536)
    }
  }
  for (const [name, { path, headers }] of Object.entries(heads)) {
    const { length } = path + JSON.stringify(headers ?? {})
    expect(length, name).toBeGreaterThan(12_000)
    expect(length, name).toBeLessThan(16_384 - 300)
  }
})

test('every endpoint that reads a body is among those that are tried, nobody’s first', () => {
  const all = endpoints()
  expect(all.length).toBeGreaterThan(90)
  expect(all.map(({ as }) => as)).toEqual(all.map(({ as }) => as).toSorted(byTrust))
  const withTexts = all.filter(({ bodies }) => 'spaces, everywhere' in bodies)
  expect(withTexts.length).toBeGreaterThan(55)
})

test('an endpoint that is new has to say what its body may be', () => {
  expect(() => schemaOf('POST /v1/new-things')).toThrow('POST /v1/new-things')
})

test('every rpc of the MPC server that takes a message is tried', () => {
  const tried = new Set(rpcs().map(({ path }) => path.slice(1)))
  expect(Object.keys(mpcRpcs).filter((path) => !tried.has(path))).toEqual([])
})

const trust = ['anybody', 'a key', 'an MPC server', 'a member']
function byTrust(one: string, other: string): number {
  return trust.indexOf(one) - trust.indexOf(other)
}
