import { expect, test } from 'vitest'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { attemptRegistration, attemptSignIn, flipped, verdictOn } from './ceremonies-harness.ts'
import { baseUrl, newTenant, send } from './harness.ts'

/** The post-quantum algorithms, with the bytes of a key and of a signature. */
const algorithms: [name: string, alg: number, key: number, signature: number][] = [
  ['ML-DSA-44', -48, 1312, 2420],
  ['ML-DSA-65', -49, 1952, 3309],
  ['ML-DSA-87', -50, 2592, 4627],
]

const bytesIn = (text = '') => Buffer.from(text, 'base64url').length

test.each(algorithms)(
  'a passkey of %s registers, signs in for a token, and not with one bit changed',
  async (...row) => {
    const [name, alg, key, length] = row
    const tenant = await newTenant()
    const options = { pubKeyCredParams: [alg] }
    const { client, authenticator } = tenant

    const begun = await client.passkeys.register.begin({ username: 'ada', options })
    expect(begun.publicKey.pubKeyCredParams).toEqual([{ type: 'public-key', alg }])
    const credential = authenticator.create(begun.publicKey)
    expect(bytesIn(credential.response.authenticatorData)).toBeGreaterThan(key)
    const { passkey, checks } = await client.passkeys.register.finish({ ceremonyId: begun.ceremonyId, credential })
    expect(passkey).toMatchObject({ algorithm: alg, attestation: { format: 'none', trusted: false } })
    expect(checks.filter(({ outcome }) => outcome === 'fail')).toEqual([])
    expect(checks.find(({ id }) => id === 'algorithm')).toMatchObject({ outcome: 'pass', actual: `${name} (${alg})` })

    const before = await tenant.stored()
    const refused = await verdictOn(attemptSignIn(tenant, { get: { signature: flipped } }))
    expect(refused).toEqual({ status: 401, code: 'verification_failed', failures: ['signature'] })
    expect(await tenant.stored()).toEqual(before)

    const asked = await client.passkeys.authenticate.begin({ username: 'ada' })
    const assertion = authenticator.get(asked.publicKey)
    expect(bytesIn(assertion.response.signature)).toBe(length)
    const signedIn = await client.passkeys.authenticate.finish({ ceremonyId: asked.ceremonyId, credential: assertion })
    expect(signedIn.checks.find(({ id }) => id === 'second-opinion')?.outcome).toBe('pass')
    const own = await client.passkeys.list({}, { userToken: signedIn.token })
    expect(own.data).toMatchObject([{ algorithm: alg, signCount: 2 }])
  },
)

test.each(algorithms)('a passkey of %s vouches for itself, and not with one bit changed', async (_, alg) => {
  const tenant = await newTenant()
  const authenticator = new SoftwareAuthenticator({ origin: baseUrl, attestation: 'packed' })
  const party = { client: tenant.client, authenticator }
  const options = { pubKeyCredParams: [alg] }
  expect((await verdictOn(attemptRegistration(party, { options, create: { signature: flipped } }))).failures).toEqual([
    'attestation-statement',
  ])
  expect(await tenant.stored()).toEqual({ users: [], passkeys: [] })
  const { passkey } = await attemptRegistration(party, { options })
  expect(passkey).toMatchObject({ algorithm: alg, attestation: { format: 'packed', trusted: false } })
})

test.each(algorithms)('a key of %s with a byte too few is none', async (_, alg, key) => {
  const tenant = await newTenant()
  const create = { coseKey: (cose: Map<number, unknown>) => cose.set(-1, new Uint8Array(key - 1).fill(1)) }
  const refused = await verdictOn(attemptRegistration(tenant, { options: { pubKeyCredParams: [alg] }, create }))
  expect(refused.failures).toEqual(['credential-public-key'])
  expect(await tenant.stored()).toEqual({ users: [], passkeys: [] })
})

test('OpenAPI lists them among what may be asked for', async () => {
  const { text } = await send('GET', '/v1/openapi.json')
  for (const [, alg] of algorithms) expect(text).toMatch(new RegExp(`"(?:const|enum)":\\s*\\[?${alg}\\b`))
})
