import { expect, test } from 'vitest'
import { ApiError } from '#lib/sdk/client.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { attemptRegistration } from './ceremonies-harness.ts'
import { baseUrl, newTenant, passkeyScopes } from './harness.ts'

// Live keys: fifty requests at once are theirs by right.

const live = () => newTenant({ type: 'live' })
const twenty = Array.from({ length: 20 }, (_, index) => index)

/** How many calls were answered, and with what code the others were refused. */
async function outcomes(calls: Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const call of await Promise.allSettled(calls)) {
    if (call.status === 'rejected' && !(call.reason instanceof ApiError)) throw call.reason
    const outcome = call.status === 'fulfilled' ? 'accepted' : call.reason.code
    counts[outcome] = (counts[outcome] ?? 0) + 1
  }
  return counts
}

test('of twenty finishes of one registration at once, one is accepted', async () => {
  const { client, authenticator, stored } = await live()
  const { ceremonyId, publicKey } = await client.passkeys.register.begin({ username: 'ada' })
  const credential = authenticator.create(publicKey)
  const calls = twenty.map(() => client.passkeys.register.finish({ ceremonyId, credential }))
  expect(await outcomes(calls)).toEqual({ accepted: 1, ceremony_unknown: 19 })
  expect((await stored()).passkeys).toHaveLength(1)
})

test('of twenty finishes of one sign-in at once, one is accepted', async () => {
  const tenant = await live()
  const { client, authenticator } = tenant
  await attemptRegistration(tenant)
  const { ceremonyId, publicKey } = await client.passkeys.authenticate.begin({ username: 'ada' })
  const credential = authenticator.get(publicKey)
  const calls = twenty.map(() => client.passkeys.authenticate.finish({ ceremonyId, credential }))
  expect(await outcomes(calls)).toEqual({ accepted: 1, ceremony_unknown: 19 })
  expect((await tenant.stored()).passkeys[0]?.signCount).toBe(1n)
})

test('of twenty sign-ins at once with one counter, one is accepted', async () => {
  const tenant = await live()
  const { client, authenticator } = tenant
  await attemptRegistration(tenant)
  const begun = await Promise.all(twenty.map(() => client.passkeys.authenticate.begin({ username: 'ada' })))
  const calls = begun.map(({ ceremonyId, publicKey }) =>
    client.passkeys.authenticate.finish({ ceremonyId, credential: authenticator.get(publicKey, { signCount: 1 }) }),
  )
  expect(await outcomes(calls)).toEqual({ accepted: 1, verification_failed: 19 })
  expect((await tenant.stored()).passkeys[0]?.signCount).toBe(1n)
})

test('twenty sign-ins at once with growing counters leave the highest that was accepted', async () => {
  const tenant = await live()
  const { client, authenticator } = tenant
  await attemptRegistration(tenant)
  const begun = await Promise.all(twenty.map(() => client.passkeys.authenticate.begin({ username: 'ada' })))
  const answers = await Promise.allSettled(
    begun.map(({ ceremonyId, publicKey }) =>
      client.passkeys.authenticate.finish({ ceremonyId, credential: authenticator.get(publicKey) }),
    ),
  )
  const accepted = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.passkey.signCount] : []))
  expect(new Set(accepted).size).toBe(accepted.length)
  expect((await tenant.stored()).passkeys[0]?.signCount).toBe(BigInt(Math.max(...accepted)))
})

test('twenty sign-ins at once of a passkey that does not count are all accepted', async () => {
  const tenant = await live()
  const { client, authenticator } = tenant
  authenticator.settings.counts = false
  await attemptRegistration(tenant)
  const begun = await Promise.all(twenty.map(() => client.passkeys.authenticate.begin({ username: 'ada' })))
  const calls = begun.map(({ ceremonyId, publicKey }) =>
    client.passkeys.authenticate.finish({ ceremonyId, credential: authenticator.get(publicKey) }),
  )
  expect(await outcomes(calls)).toEqual({ accepted: 20 })
})

test('of twenty first registrations of one username at once, one is accepted', async () => {
  const { client, stored } = await live()
  const begun = await Promise.all(twenty.map(() => client.passkeys.register.begin({ username: 'ada' })))
  const calls = begun.map(({ ceremonyId, publicKey }) =>
    client.passkeys.register.finish({
      ceremonyId,
      credential: new SoftwareAuthenticator({ origin: baseUrl }).create(publicKey),
    }),
  )
  expect(await outcomes(calls)).toEqual({ accepted: 1, user_exists: 19 })
  const { users, passkeys } = await stored()
  expect([users.length, passkeys.length]).toEqual([1, 1])
})

test('of twenty registrations of one credential at once for as many users, one is accepted', async () => {
  const { client, authenticator, stored } = await live()
  const { id, privateKey } = authenticator.credentials.add({ rpId: new URL(baseUrl).hostname })
  const begun = await Promise.all(twenty.map((index) => client.passkeys.register.begin({ username: `u${index}` })))
  const calls = begun.map(({ ceremonyId, publicKey }) => {
    const credential = authenticator.create(publicKey, { credential: { id, privateKey, algorithm: -7 } })
    return client.passkeys.register.finish({ ceremonyId, credential })
  })
  expect(await outcomes(calls)).toEqual({ accepted: 1, passkey_exists: 19 })
  const { users, passkeys } = await stored()
  expect([users.length, passkeys.length]).toEqual([1, 1])
})

test('begun at once, further registrations of one user are all kept', async () => {
  const tenant = await live()
  const manager = await tenant.addKey('live', [...passkeyScopes, 'passkeys:manage'])
  await attemptRegistration(tenant)
  const calls = twenty.map(() =>
    attemptRegistration({ client: manager.client, authenticator: new SoftwareAuthenticator({ origin: baseUrl }) }),
  )
  expect(await outcomes(calls)).toEqual({ accepted: 20 })
  expect((await tenant.stored()).passkeys).toHaveLength(21)
})
