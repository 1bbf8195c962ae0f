import { afterEach, expect, test } from 'vitest'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { api } from '../api/app.ts'
import { operator } from '../caller.ts'
import { clock } from '../clock.ts'
import { env } from '../env.ts'
import { createTenant } from '../tenants/tenants.ts'
import { inviteFirst, setUpLinks } from './invitations.ts'

// What depends on the clock and on BASE_URL; the suite of the API has the rest.

const { now } = clock
const { baseUrl } = env()
afterEach(() => {
  clock.now = now
  env().baseUrl = baseUrl
})

/** A member of a new tenant, at an origin. */
async function member(slug: string, origin = baseUrl) {
  env().baseUrl = origin
  const { id } = await createTenant({ name: slug, slug })
  const authenticator = new SoftwareAuthenticator({ origin })
  let cookie = ''
  const ask = async (method: string, path: string, body: object = {}) => {
    const headers = { Origin: origin, Cookie: cookie, 'Content-Type': 'application/json' }
    const init = method === 'GET' ? { headers } : { method, headers, body: JSON.stringify(body) }
    const answer = await api().request(`/console/api${path}`, init)
    return { status: answer.status, headers: answer.headers, body: answer.status === 204 ? null : await answer.json() }
  }
  const token = new URL((await inviteFirst(id, operator)).link).hash.slice(1)
  const { ceremonyId, publicKey } = (await ask('POST', '/join/begin', { token, name: 'Ada' })).body
  const joined = await ask('POST', '/join/finish', { token, ceremonyId, credential: authenticator.create(publicKey) })
  cookie = joined.headers.get('set-cookie')?.split(';')[0] ?? ''
  const confirm = async (change: string, body: object) => {
    const { ceremonyId, publicKey } = (await ask('POST', '/confirm/begin', { change, body })).body
    expect(
      (await ask('POST', '/confirm/finish', { ceremonyId, credential: authenticator.get(publicKey) })).status,
    ).toBe(204)
  }
  return { ask, confirm, memberId: joined.body.member.id as string, setCookie: joined.headers.get('set-cookie') ?? '' }
}

test('on HTTPS the cookie is of this host alone, and of HTTPS alone', async () => {
  const { ask, setCookie } = await member('https', 'https://playground.example')
  expect(setCookie).toMatch(/^__Host-console=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  expect((await ask('GET', '/session')).status).toBe(200)
  const out = await ask('POST', '/sign-out')
  expect(out.headers.get('set-cookie')).toMatch(/^__Host-console=; Max-Age=0; .*Secure/)
})

test('a session lasts twelve hours from its sign-in, however much it is used', async () => {
  const { ask } = await member('hours')
  const began = now()
  for (const hour of [4, 8, 11.99]) {
    clock.now = () => began + hour * 3_600_000
    expect((await ask('GET', '/session')).status).toBe(200)
  }
  clock.now = () => began + 12 * 3_600_000 + 1000
  const late = await ask('GET', '/session')
  expect([late.status, late.body.code]).toEqual([401, 'session_required'])
})

test('a fresh assertion is fresh for two minutes', async () => {
  const { ask, confirm, memberId } = await member('minutes')
  const key = { name: 'x', type: 'live', scopes: ['usage:read'] }
  const create = async () => (await ask('POST', '/keys', key)).status
  await confirm('POST /keys', key)
  const began = now()
  clock.now = () => began + 119_000
  expect(await create()).toBe(201)
  await confirm('POST /keys', key)
  clock.now = () => began + 240_000
  expect(await create()).toBe(403)

  // A change that is refused gives it back, no fresher than it was.
  const stepDown = async () => (await ask('PATCH', `/members/${memberId}`, { role: 'viewer' })).body.code
  await confirm(`PATCH /members/${memberId}`, { role: 'viewer' })
  for (const milliseconds of [100_000, 119_000]) {
    clock.now = () => began + 240_000 + milliseconds
    expect(await stepDown()).toBe('invalid_request')
  }
  clock.now = () => began + 240_000 + 121_000
  expect(await stepDown()).toBe('confirmation_required')
})

test('the start names set-up links for tenants that nobody can sign in to, and for no other', async () => {
  await member('has-one')
  await createTenant({ name: 'Has none', slug: 'has-none' })
  const links = await setUpLinks()
  expect(links.map(({ tenantName }) => tenantName)).toEqual(['Has none'])
  expect(links[0]?.link).toMatch(/^http:\/\/localhost:3000\/console\/join#[\w-]{43}$/)
})
