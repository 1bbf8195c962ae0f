import { encode } from 'cborg'
import { beforeAll, describe, expect, test } from 'vitest'
import { attemptRegistration, attemptSignIn, type Tenant, verdictOn } from './ceremonies-harness.ts'
import { Browser } from './console-harness.ts'
import { baseUrl, expectProblem, newTenant, refusal, send } from './harness.ts'

type Kind = 'register' | 'authenticate'

/** Each member of a response, and the most bytes that it may hold. */
const members: [kind: Kind, member: string, bytes: number][] = [
  ['register', 'response.clientDataJSON', 8192],
  ['register', 'response.attestationObject', 32_768],
  ['authenticate', 'response.clientDataJSON', 8192],
  ['authenticate', 'response.authenticatorData', 4096],
  ['authenticate', 'response.signature', 8192],
  ['authenticate', 'response.userHandle', 64],
]

const written = (bytes: number) => Buffer.alloc(bytes).toString('base64url')

/** A response of no meaning, whose member is as said. */
function credentialWith(member: string, value: unknown) {
  const credential = {
    id: 'AAAA',
    rawId: 'AAAA',
    type: 'public-key',
    response: { clientDataJSON: '', attestationObject: '', authenticatorData: '', signature: '' },
  }
  const [head = '', leaf] = member.split('.')
  return { ...credential, [head]: leaf ? { ...credential.response, [leaf]: value } : value }
}

let tenant: Tenant

beforeAll(async () => {
  tenant = await newTenant()
})

const finish = (kind: Kind, credential: unknown) =>
  send('POST', `/v1/passkeys/${kind}/finish`, {
    headers: { Authorization: `Bearer ${tenant.key.secret}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ ceremonyId: 'none', credential }),
  })

test.each(members)('at %s, %s holds at most %i bytes, to the byte', async (kind, member, bytes) => {
  expectProblem(await finish(kind, credentialWith(member, written(bytes))), [400, 'ceremony_unknown'])
  const refused = await finish(kind, credentialWith(member, written(bytes + 1)))
  expectProblem(refused, [400, 'invalid_request'])
  const message = `has more than ${bytes.toLocaleString('en')} bytes`
  expect(refused.body.issues).toEqual([{ path: `credential.${member}`, message }])
  expect(refused.body.detail).toBe(`credential.${member}: ${message}`)
})

test('the Console’s doors have the same limits', async () => {
  const refused = await new Browser().fetch(`${baseUrl}/console/api/sign-in/finish`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      ceremonyId: 'none',
      credential: credentialWith('response.authenticatorData', written(4097)),
    }),
  })
  expect(refused.status).toBe(400)
  expect((await refused.json()).issues).toEqual([
    { path: 'credential.response.authenticatorData', message: 'has more than 4,096 bytes' },
  ])
})

describe('bytes are written in the one way that there is', () => {
  const wrong: [what: string, text: string][] = [
    ['of a length that no bytes have', 'AAAAA'],
    ['with a bit set that stands for nothing', 'AAB'],
    ['with two bits set that stand for nothing', 'AP'],
    ['padded', 'AAA='],
    ['in the other alphabet', '+/+/'],
    ['with white space', 'AA AA'],
  ]
  const places: [kind: Kind, member: string][] = [
    ...members.map(([kind, member]) => [kind, member] as [Kind, string]),
    ['register', 'id'],
    ['register', 'rawId'],
    ['authenticate', 'id'],
    ['authenticate', 'rawId'],
  ]

  test.each(places)('at %s, %s', async (kind, member) => {
    for (const [what, text] of wrong) {
      const refused = await finish(kind, credentialWith(member, text))
      expectProblem(refused, [400, 'invalid_request'])
      expect(refused.body.issues, what).toEqual([
        { path: `credential.${member}`, message: 'is not base64url without padding' },
      ])
    }
    expectProblem(await finish(kind, credentialWith(member, 'AAA')), [400, 'ceremony_unknown'])
  })

  test('and a ceremony waits for a response that is', async () => {
    const own = await newTenant()
    const { ceremonyId, publicKey } = await own.client.passkeys.register.begin({ username: 'ada' })
    const credential = own.authenticator.create(publicKey)
    const noncanonical = { ...credential, id: `${credential.id}AA` }
    expect((await refusal(own.client.passkeys.register.finish({ ceremonyId, credential: noncanonical }))).code).toBe(
      'invalid_request',
    )
    expect(await own.stored()).toEqual({ users: [], passkeys: [] })
    await own.client.passkeys.register.finish({ ceremonyId, credential })
    expect((await own.stored()).passkeys).toHaveLength(1)
  })
})

describe('CBOR of very many items', () => {
  const many = encode({ x: [[[Array.from({ length: 3500 }, () => new Uint8Array())]]] })
  const overrides = {
    authenticatorData: (data: Uint8Array) => Uint8Array.of(...data.with(32, (data[32] ?? 0) | 0x80), ...many),
  }
  const opinion = { id: 'second-opinion', outcome: 'skipped', actual: 'not asked: the response is not well-formed' }

  test('is not read on, and SimpleWebAuthn is not asked about it, at a registration', async () => {
    const own = await newTenant()
    const { checks } = await refusal(attemptRegistration(own, { create: overrides }))
    expect(checks?.find(({ id }) => id === 'authenticator-data')).toMatchObject({
      outcome: 'fail',
      actual: expect.stringContaining('more than 500 items'),
    })
    expect(checks?.at(-1)).toMatchObject(opinion)
    expect(await own.stored()).toEqual({ users: [], passkeys: [] })
  })

  test('is not read on, and SimpleWebAuthn is not asked about it, at a sign-in', async () => {
    const own = await newTenant()
    await attemptRegistration(own)
    const before = await own.stored()
    expect((await verdictOn(attemptSignIn(own, { get: overrides }))).failures).toEqual(['authenticator-data'])
    expect((await refusal(attemptSignIn(own, { get: overrides }))).checks?.at(-1)).toMatchObject(opinion)
    expect(await own.stored()).toEqual(before)
    await attemptSignIn(own)
  })
})
