import { beforeAll, describe, expect, test } from 'vitest'
import type { RegisterBegun } from '#lib/contract/passkeys.ts'
import { attemptSignIn } from './ceremonies-harness.ts'
import { newTenant, passkeyScopes, send, stored } from './harness.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import { type App, authorizationUrl, newApp } from './oauth-test-clients.ts'

// New accounts on the sign-in page: who may ask for names learns little of them.

type Tenant = Awaited<ReturnType<typeof newTenant>>

let tenant: Tenant
let app: App
beforeAll(async () => {
  tenant = await newTenant({ type: 'live' })
  app = await newApp({ tenantId: tenant.tenant.id, environment: 'live' })
})

/** A sign-in page that waits for somebody. */
async function page(of = app) {
  const browser = new OAuthBrowser()
  const uid = await browser.arrive((await authorizationUrl(of)).url)
  const begin = (username: string) => browser.step<RegisterBegun>(uid, 'sign-up/begin', { username })
  const finish = ({ ceremonyId, publicKey }: RegisterBegun) =>
    browser.step(uid, 'sign-up/finish', { ceremonyId, credential: browser.authenticator.create(publicKey) })
  return { browser, uid, begin, finish }
}

/** What is told of a name, with what is new each time left out. */
function told({ ceremonyId, expiresAt, publicKey }: RegisterBegun) {
  const { challenge, user, ...rest } = publicKey
  const shapes = [ceremonyId.length, expiresAt.length, challenge.length, user.id.length]
  return { ...rest, shapes, named: [user.name, user.displayName] }
}

describe('in a live environment', () => {
  test('a name that is taken is asked for as a free one is, and refused at the end', async () => {
    const owner = await page()
    await owner.browser.signUp(owner.uid, 'ada')
    const before = await stored(tenant.tenant.id)
    const [taken, free] = [await page(), await page()]
    const [ofTaken, ofFree] = [await taken.begin('ada'), await free.begin('eve')]
    expect(told(ofTaken)).toEqual({ ...told(ofFree), named: ['ada', 'ada'] })
    expect(ofTaken.publicKey.excludeCredentials).toBeUndefined()
    const handles = before.users.map(({ id }) => Buffer.from(id).toString('base64url'))
    expect(handles).not.toContain(ofTaken.publicKey.user.id)
    await expect(taken.finish(ofTaken)).rejects.toMatchObject({ status: 403, problem: { code: 'user_exists' } })
    expect(await stored(tenant.tenant.id)).toEqual(before)
    await free.finish(ofFree)
    expect((await stored(tenant.tenant.id)).users).toHaveLength(before.users.length + 1)
    const { authenticator } = owner.browser
    expect((await attemptSignIn({ client: tenant.client, authenticator })).user.username).toBe('ada')
  })

  test('of two who ask for a free name, the first to end gets it, and the other is refused in the same words', async () => {
    const [one, other, late] = [await page(), await page(), await page()]
    const [first, second] = [await one.begin('grace'), await other.begin('grace')]
    await one.finish(first)
    const refusal = (call: Promise<unknown>) =>
      call.catch(({ status, problem: { requestId: _, ...problem } }) => ({ status, ...problem }))
    const refused = await refusal(other.finish(second))
    expect(refused).toMatchObject({ status: 403, code: 'user_exists' })
    expect(await refusal(late.finish(await late.begin('grace')))).toEqual(refused)
  })

  test('so many names are asked for from one place, and no key’s requests are spent', async () => {
    const busy = await newTenant({ type: 'live' })
    const of = await newApp({ tenantId: busy.tenant.id, environment: 'live' })
    const left = async () => {
      const { headers } = await send('GET', '/v1/tenant', { headers: { 'X-API-Key': busy.key.secret } })
      return Number(/"requests";r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1])
    }
    const before = await left()
    const { begin } = await page(of)
    for (let name = 0; name < 30; name++) await begin(`name-${name}`)
    await expect(begin('one-more')).rejects.toMatchObject({ status: 429, problem: { code: 'rate_limited' } })
    await expect((await page(of)).begin('one-more')).rejects.toMatchObject({ status: 429 })
    expect(await left()).toBe(before - 1)
    expect((await (await page()).begin('one-more')).ceremonyId).toMatch(/^cer_/)
  })
})

test('a test environment says at once that a name is taken, as often as it is asked', async () => {
  const { tenant } = await newTenant({ scopes: passkeyScopes })
  const of = await newApp({ tenantId: tenant.id })
  const owner = await page(of)
  await owner.browser.signUp(owner.uid, 'ada')
  const { begin } = await page(of)
  for (let time = 0; time < 31; time++) {
    await expect(begin('ada')).rejects.toMatchObject({ status: 403, problem: { code: 'user_exists' } })
  }
  expect((await begin('eve')).ceremonyId).toMatch(/^cer_/)
})
