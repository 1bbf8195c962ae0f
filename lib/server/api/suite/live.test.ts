import { expect, test } from 'vitest'
import type { Scope } from '#lib/contract/scopes.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { attemptRegistration, attemptSignIn, flipped, type Get, verdictOn } from './ceremonies-harness.ts'
import { baseUrl, newTenant, passkeyScopes, refusal, refusedWith } from './harness.ts'

/** A live environment in which ada has a passkey, and somebody else holds one that nobody knows. */
async function live(scopes: Scope[] = passkeyScopes) {
  const tenant = await newTenant({ type: 'live', scopes })
  const { passkey, checks } = await attemptRegistration(tenant)
  const stranger = new SoftwareAuthenticator({ origin: baseUrl })
  const { id } = stranger.credentials.add({ rpId: new URL(baseUrl).hostname })
  return { ...tenant, passkey, checks, stranger, strangerId: id }
}

/** The parts of options that tell one user from another. */
const shapeOf = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(shapeOf)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]))
      : typeof value === 'string'
        ? value.length
        : value

interface Allowed {
  id: string
  /** Some clients tell none. */
  transports?: string[]
}
const allowedOf = (options: Record<string, unknown>) => options.allowCredentials as Allowed[]
/** Apart from how a credential looks: of real users' too, each looks as its provider makes it. */
const withoutLooks = (options: Record<string, unknown>) => ({
  ...options,
  allowCredentials: allowedOf(options).map((credential) => ({ ...credential, id: '', transports: [] })),
})

test('a live environment begins for an unknown user as for a known one', async () => {
  const { client } = await live()
  const known = await client.passkeys.authenticate.begin({ username: 'ada' })
  const unknown = await client.passkeys.authenticate.begin({ username: 'nobody' })
  expect(shapeOf(withoutLooks(unknown.publicKey))).toEqual(shapeOf(withoutLooks(known.publicKey)))
  expect(Object.keys(unknown.publicKey)).toEqual(Object.keys(known.publicKey))
  expect(shapeOf(unknown.ceremonyId)).toEqual(shapeOf(known.ceremonyId))
})

test('unknown users’ credentials look like those of several providers', async () => {
  const { client } = await live()
  const looks = new Set<string>()
  for (let number = 0; number < 40; number++) {
    const { publicKey } = await client.passkeys.authenticate.begin({ username: `nobody ${number}` })
    const [credential] = allowedOf(publicKey)
    looks.add(`${Buffer.from(credential?.id ?? '', 'base64url').length} ${credential?.transports?.join(' ')}`)
  }
  expect(looks.size).toBeGreaterThan(2)
  for (const look of looks) expect(look).toMatch(/^(?:16|20|32|48) (?:hybrid internal|internal|usb|undefined)$/)
})

test('an unknown user’s credential is the same each time, and no other’s', async () => {
  const [{ client, addKey }, other] = [await live(), await live()]
  const credentialsOf = async (username: string, from = client) =>
    (await from.passkeys.authenticate.begin({ username })).publicKey.allowCredentials as unknown
  const sibling = await addKey('live', passkeyScopes)
  expect(await credentialsOf('nobody')).toEqual(await credentialsOf('nobody'))
  expect(await credentialsOf('nobody')).toEqual(await credentialsOf('nobody', sibling.client))
  expect(await credentialsOf('nobody')).not.toEqual(await credentialsOf('nobody2'))
  expect(await credentialsOf('nobody')).not.toEqual(await credentialsOf('nobody', other.client))
})

test('a live environment refuses every sign-in with one and the same answer, whatever the reason', async () => {
  const tenant = await live()
  const { client, stranger, strangerId, passkey, stored } = tenant
  await attemptSignIn(tenant, { get: { signCount: 9 } })
  const before = await stored()
  const unknownUser = async () => {
    const { ceremonyId, publicKey } = await client.passkeys.authenticate.begin({ username: 'nobody' })
    const credential = stranger.get(publicKey, { credentialId: strangerId })
    return client.passkeys.authenticate.finish({ ceremonyId, credential })
  }
  const unknownUserKnownPasskey = () =>
    attemptSignIn(tenant, { username: 'nobody', get: { credentialId: passkey.credentialId } })
  const wrong = (get: Get) => () => attemptSignIn(tenant, { get })
  const reasons = [
    unknownUser,
    unknownUserKnownPasskey,
    wrong({ signature: flipped }),
    wrong({ signCount: 3 }),
    wrong({ id: strangerId }),
    wrong({ userHandle: 'AAAA' }),
    wrong({ clientData: { origin: 'https://evil.example' } }),
    wrong({ clientDataText: '{' }),
    wrong({ rpId: 'localhost.example' }),
  ]
  const answers = new Set<string>()
  for (const reason of reasons) {
    const { requestId: _, ...answer } = await refusal(reason())
    answers.add(JSON.stringify(answer))
  }
  expect(answers.size).toBe(1)
  const [answer] = [...answers].map((text) => JSON.parse(text))
  expect(answer).toMatchObject({ status: 401, code: 'verification_failed' })
  expect(answer).not.toHaveProperty('checks')
  expect(await stored()).toEqual(before)
  await attemptSignIn(tenant, { get: { signCount: 10 } })
})

test('a live environment shows no checks, of success and refusal alike', async () => {
  const tenant = await live()
  expect(tenant.checks).toEqual([])
  expect((await attemptSignIn(tenant)).checks).toEqual([])
  const refused = await refusal(attemptRegistration(tenant, { username: 'bob', create: { flags: { up: false } } }))
  expect(refused).toMatchObject({ status: 400, code: 'verification_failed' })
  expect(refused).not.toHaveProperty('checks')
  const taken = await refusal(
    attemptRegistration(tenant, {
      username: 'bob',
      create: { credential: { id: tenant.passkey.credentialId } },
    }),
  )
  expect(taken).toMatchObject({ status: 409, code: 'passkey_exists' })
  expect(taken).not.toHaveProperty('checks')
})

test('with passkeys:debug a live environment shows the checks', async () => {
  const tenant = await live([...passkeyScopes, 'passkeys:debug'])
  expect(tenant.checks).not.toEqual([])
  expect((await attemptSignIn(tenant)).checks).not.toEqual([])
  expect((await verdictOn(attemptSignIn(tenant, { get: { signature: flipped } }))).failures).toEqual(['signature'])
  expect(
    (await verdictOn(attemptSignIn(tenant, { username: 'nobody', get: { credentialId: tenant.passkey.credentialId } })))
      .failures,
  ).toContain('credential-owner')
})

test('a test environment says that a user is unknown', async () => {
  const tenant = await newTenant()
  await attemptRegistration(tenant)
  expect(await refusedWith(tenant.client.passkeys.authenticate.begin({ username: 'nobody' }))).toEqual([
    404,
    'user_unknown',
  ])
  await attemptSignIn(tenant)
})
