import { expect, test } from 'vitest'
import { consoleCeremonies } from '#lib/contract/ceremony-figures.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { newConsole } from './console-harness.ts'
import { baseUrl, clientOf, refusedWith, register, signIn } from './harness.ts'

/** A member, and a test key of their tenant with an authenticator. */
async function watched() {
  const { client: member } = await newConsole({ confirms: true })
  const scopes = ['passkeys:register', 'passkeys:authenticate', 'usage:read'] as const
  const { secret = '', id } = await member.keys.create({ name: 'CI', type: 'test', scopes: [...scopes] })
  const ceremonies = async (query: Parameters<typeof member.ceremonies>[0] = {}) =>
    consoleCeremonies.strict().parse(await member.ceremonies(query))
  return {
    member,
    id,
    client: clientOf(secret),
    authenticator: new SoftwareAuthenticator({ origin: baseUrl }),
    ceremonies,
  }
}

test('what a tenant asks of its ceremonies: how many, why not, how long, and whose authenticators', async () => {
  const { client, authenticator, ceremonies, member } = await watched()
  await register(client, authenticator, 'ada')
  await signIn(client, authenticator)
  await signIn(client, authenticator, 'ada')
  const { ceremonyId, publicKey } = await client.passkeys.authenticate.begin({})
  const elsewhere = authenticator.get(publicKey)
  const credential = { ...elsewhere, response: { ...elsewhere.response, signature: 'MAYCAQECAQE' } }
  const wrong = client.passkeys.authenticate.finish({ ceremonyId, credential })
  expect(await refusedWith(wrong)).toEqual([401, 'verification_failed'])
  await client.passkeys.authenticate.begin({})
  const figures = await ceremonies()
  expect(figures.signIns).toMatchObject({
    totals: { begun: 4, finished: 3, ok: 2, failed: 1, abandoned: 1 },
    failures: [{ step: 'finish', code: 'verification_failed', requests: 1 }],
  })
  expect(figures.registrations.totals).toMatchObject({ begun: 1, ok: 1, failed: 0 })
  expect(figures.reasons).toMatchObject([
    { operation: 'passkeys.authenticate.finish', code: 'verification_failed', reason: 'signature', requests: 1 },
  ])
  expect(figures.answerTimes).toContainEqual(
    expect.objectContaining({ operation: 'passkeys.authenticate.finish', answers: 2, p50: expect.any(Number) }),
  )
  expect(figures.providers).toEqual([{ provider: null, synced: 0, bound: 1, signIns: 2 }])
  expect(figures.signInsLookedAt).toBe(2)
  // The same figures as the technical view has, and nothing of test in live.
  const { series } = await member.usage({})
  const finishes = series.filter(({ operation }) => operation === 'passkeys.authenticate.finish')
  expect(finishes.map(({ outcome, requests }) => [outcome, requests.at(-1)])).toEqual([
    ['ok', figures.signIns.totals.ok],
    ['verification_failed', figures.signIns.totals.failed],
  ])
  expect(await ceremonies({ environment: 'live' })).toMatchObject({
    since: null,
    reasons: [],
    providers: [],
    signIns: { totals: { begun: 0 } },
  })
})

test('whoever says no range sees one that has what there is, and no days before it', async () => {
  const { client, ceremonies } = await watched()
  const hours = ({ from, to }: { from: string; to: string }) => (Date.parse(to) - Date.parse(from)) / 3_600_000
  expect(hours(await ceremonies())).toBe(6)
  await client.tenant()
  const figures = await ceremonies()
  expect([hours(figures), figures.step, figures.times.length]).toEqual([6, 'hour', 6])
  expect(await ceremonies({ from: '2026-01-01', to: '2026-01-31' })).toMatchObject({ step: 'day' })
  expect(await refusedWith(ceremonies({ from: '2026-02-01', to: '2026-01-01' }))).toEqual([400, 'invalid_request'])
})
