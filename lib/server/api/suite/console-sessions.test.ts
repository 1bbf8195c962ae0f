import { expect, test } from 'vitest'
import { operator } from '../../caller.ts'
import { invite, inviteFirst } from '../../console/invitations.ts'
import { database } from '../../db/database.ts'
import { asOwner, Browser, newConsole, tokenOf } from './console-harness.ts'
import { baseUrl, newTenant, refusal, refusedWith, register, request } from './harness.ts'

test('a set-up link makes the first member, who is signed in', async () => {
  const { tenant, session, client, browser } = await newConsole()
  expect(session).toEqual({
    member: { id: expect.stringMatching(/^mem_/), name: 'Ada', role: 'owner' },
    tenant: { id: tenant.id, name: tenant.name, slug: tenant.slug, tierCeiling: 'enterprise' },
    expiresAt: expect.any(String),
  })
  expect(await client.session()).toEqual(session)
  expect(Date.parse(session.expiresAt) - Date.now()).toBeGreaterThan(11.9 * 3_600_000)
  expect(Date.parse(session.expiresAt) - Date.now()).toBeLessThanOrEqual(12 * 3_600_000)
  expect(browser.setCookie).toMatch(/^console=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/)
})

test('a link works once, and a set-up link only for the first member', async () => {
  const { tenant } = await newTenant()
  const [first, second] = [await inviteFirst(tenant.id, operator), await inviteFirst(tenant.id, operator)]
  const browser = new Browser()
  expect(await browser.client.join.read(tokenOf(second.link))).toMatchObject({ tenantName: tenant.name, setUp: true })
  await browser.join(first.link)
  for (const { link } of [first, second]) {
    const late = new Browser()
    expect(await refusedWith(late.client.join.read(tokenOf(link)))).toEqual([404, 'invitation_invalid'])
    expect(await refusedWith(late.join(link, 'Bob'))).toEqual([404, 'invitation_invalid'])
    expect(late.cookie).toBe('')
  }
  expect((await browser.client.members.list()).members).toHaveLength(1)
})

test('of many who come by one link at the same time, one is let in', async () => {
  const { tenant } = await newTenant()
  const { link } = await invite(tenant.id, operator, asOwner)
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, (_, at) => new Browser().join(link, `Ada ${at}`)))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const db = await database()
  expect(await db.member.count({ where: { tenantId: tenant.id } })).toBe(1)
  const users = await db.user.findMany({ where: { username: { endsWith: `@${tenant.slug}` } } })
  expect(users).toHaveLength(1)
})

test('a token that is none, or was begun with another invitation, lets nobody in', async () => {
  const [one, other] = [await newTenant(), await newTenant()]
  const [mine, theirs] = [
    await invite(one.tenant.id, operator, asOwner),
    await invite(other.tenant.id, operator, asOwner),
  ]
  const browser = new Browser()
  expect(await refusedWith(browser.client.join.read('nonsense'))).toEqual([404, 'invitation_invalid'])
  const { ceremonyId, publicKey } = await browser.client.join.begin(tokenOf(mine.link), 'Ada')
  const credential = browser.authenticator.create(publicKey)
  const crossed = browser.client.join.finish(tokenOf(theirs.link), { ceremonyId, credential })
  expect(await refusedWith(crossed)).toEqual([400, 'ceremony_unknown'])
  const db = await database()
  expect(await db.member.count({ where: { tenantId: { in: [one.tenant.id, other.tenant.id] } } })).toBe(0)
  // Both invitations are as good as before.
  await browser.join(mine.link)
  await new Browser().join(theirs.link)
})

test('a member comes back with the passkey alone; a stranger’s passkey does not open the Console', async () => {
  const { browser, session } = await newConsole()
  await browser.client.signOut()
  expect(browser.cookie).toBe('')
  expect(await refusedWith(browser.client.session())).toEqual([401, 'session_required'])
  expect((await browser.signIn()).member).toEqual(session.member)

  const { client, authenticator } = await newTenant()
  await register(client, authenticator, 'ada')
  const stranger = new Browser()
  const { ceremonyId, publicKey } = await stranger.client.signIn.begin()
  const credential = authenticator.get(publicKey)
  const { status, code, checks } = await refusal(stranger.client.signIn.finish({ ceremonyId, credential }))
  expect([status, code, checks]).toEqual([401, 'verification_failed', undefined])
  expect(stranger.cookie).toBe('')
})

test('the Console asks for user verification, and takes nothing less', async () => {
  const { browser } = await newConsole()
  const { ceremonyId, publicKey } = await browser.client.signIn.begin()
  expect(publicKey.userVerification).toBe('required')
  const unverified = browser.authenticator.get(publicKey, { flags: { uv: false } })
  const finished = browser.client.signIn.finish({ ceremonyId, credential: unverified })
  expect(await refusedWith(finished)).toEqual([401, 'verification_failed'])
  await browser.signIn()
})

test('a session ends when it is signed out, also for whoever kept the cookie', async () => {
  const { browser, session } = await newConsole()
  const kept = new Browser()
  kept.cookie = browser.cookie
  expect(await kept.client.session()).toEqual(session)
  await browser.client.signOut()
  expect(await refusedWith(kept.client.session())).toEqual([401, 'session_required'])
  for (const cookie of ['console=', 'console=x', `console=${'x'.repeat(4000)}`, `console=${session.member.id}`]) {
    kept.cookie = cookie
    expect(await refusedWith(kept.client.session())).toEqual([401, 'session_required'])
  }
})

test('an API key opens no part of the Console, and the cookie no part of the API', async () => {
  const { browser } = await newConsole()
  const { key } = await newTenant({ scopes: ['keys:manage'] })
  const withKey = new Browser()
  withKey.headers.Authorization = `Bearer ${key.secret}`
  expect(await refusedWith(withKey.client.keys.list('test'))).toEqual([401, 'session_required'])
  const answer = await request(`${baseUrl}/v1/keys`, { headers: { Cookie: browser.cookie, Origin: baseUrl } })
  expect([answer.status, (await answer.json()).code]).toEqual([401, 'api_key_missing'])
})

test('a change from another origin, or from none, is refused; the same from the Console’s own pages is not', async () => {
  const { browser, client } = await newConsole({ confirms: true })
  const before = await client.members.list()
  for (const origin of [
    'https://evil.example',
    'null',
    `${baseUrl}.evil.example`,
    baseUrl.replace('http:', 'https:'),
    undefined,
  ]) {
    browser.headers = origin === undefined ? {} : { Origin: origin }
    expect(await refusedWith(client.members.invite(asOwner))).toEqual([403, 'origin_not_allowed'])
    expect(await refusedWith(client.keys.create({ name: 'x', type: 'test', scopes: ['usage:read'] }))).toEqual([
      403,
      'origin_not_allowed',
    ])
    expect(await refusedWith(client.signIn.begin())).toEqual([403, 'origin_not_allowed'])
    // Reading changes nothing, and no other page may read the answer.
    expect((await client.members.list()).invitations).toEqual(before.invitations)
  }
  browser.headers = { Origin: baseUrl }
  await client.members.invite(asOwner)
  expect((await client.members.list()).invitations).toHaveLength(1)
  const answer = await browser.fetch(`${baseUrl}/console/api/session`, { headers: { Origin: 'https://evil.example' } })
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  expect(answer.headers.get('cache-control')).toBe('no-store')
})
