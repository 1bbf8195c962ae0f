import { afterEach, expect, test } from 'vitest'
import { relatedTo } from '#lib/webauthn/origin.ts'
import { operator } from '../caller.ts'
import { env } from '../env.ts'
import type { Problem } from '../problem.ts'
import { relatedOrigins } from './related-origins.ts'
import { readRelyingParty, updateRelyingParty } from './relying-party-settings.ts'
import { createTenant } from './tenants.ts'

// Each test has a host of its own, and so a document of its own.

const { baseUrl } = env()
afterEach(() => {
  env().baseUrl = baseUrl
})

let hosts = 0

/** Moves the server to a new host; its name is the first that browsers read of the document. */
function newHost(): { origin: string; published: () => Promise<string[]> } {
  hosts += 1
  const origin = `https://auth.host${hosts}.example`
  env().baseUrl = origin
  return { origin, published: async () => (await relatedOrigins()).origins }
}

/** A tenant with this host's RP ID; it is said, so that it does not go on to the next host. */
async function newTenant(wishes: { rpId?: string; origins?: string[] } = {}): Promise<string> {
  const { hostname } = new URL(env().baseUrl)
  const slug = `t-${crypto.randomUUID().slice(0, 13)}`
  return (await createTenant({ name: 'Acme', slug, rpId: hostname, ...wishes })).id
}

const update = (id: string, change: Parameters<typeof updateRelyingParty>[2]) =>
  updateRelyingParty(id, operator, change)

/** Why a change is refused: each issue with its path. */
async function issuesOf(change: Promise<unknown>) {
  const problem = (await change.then(
    () => undefined,
    (error: unknown) => error,
  )) as Problem | undefined
  expect(problem?.code).toBe('invalid_request')
  return problem?.details.issues?.map(({ path, message }) => [path, message])
}

const domains = (tenant: string, ...numbers: number[]) => numbers.map((number) => `https://${tenant}${number}.example`)

test('the names of all tenants are counted, and who brings one too many is told how many are taken', async () => {
  const { origin, published } = newHost()
  const [first, second] = [await newTenant(), await newTenant()]
  await update(first, { origins: [origin, ...domains('first', 1, 2, 3)] })
  const document = await published()
  expect(document).toEqual([origin, ...domains('first', 1, 2, 3)])

  const issues = await issuesOf(update(second, { origins: [origin, ...domains('second', 1, 2, 3)] }))
  expect(issues).toEqual([
    [
      'origins.2',
      expect.stringMatching(/^brings a name too many, “second2”: browsers read 5 .* 4 are taken here already/),
    ],
    ['origins.3', expect.stringMatching(/“second3”/)],
  ])
  expect(JSON.stringify(issues)).not.toMatch(/first|Acme/)
  expect(await published()).toEqual(document)
  expect((await readRelyingParty(second, 0)).origins).toEqual([origin])

  await update(second, { origins: domains('second', 1) })
  expect(await published()).toEqual([
    origin,
    'https://first1.example',
    'https://second1.example',
    ...domains('first', 2, 3),
  ])
})

test('one name counts once, whatever its suffix, its hosts and its tenants', async () => {
  const { origin, published } = newHost()
  const [first, second] = [await newTenant(), await newTenant()]
  await update(first, { origins: [...domains('first', 1, 2, 3, 4)] })
  const same = ['https://first1.co.uk', 'https://login.first2.github.io', origin.replace('example', 'de')]
  await update(second, { origins: same })
  expect(await published()).toEqual(expect.arrayContaining(same))
  expect(await issuesOf(update(second, { origins: [...same, 'https://co.uk.second.example'] }))).toEqual([
    ['origins.3', expect.stringMatching(/“second”/)],
  ])
})

test('a new tenant, and one that comes to this RP ID, are counted as well', async () => {
  const { origin, published } = newHost()
  const full = await newTenant({ origins: domains('full', 1, 2, 3, 4) })
  const document = await published()
  expect(await issuesOf(newTenant({ origins: domains('late', 1) }))).toEqual([
    ['origins.0', expect.stringMatching(/5 are taken/)],
  ])
  const own = await newTenant({ rpId: 'late.example', origins: domains('late', 1, 2, 3, 4, 5, 6) })
  expect((await issuesOf(update(own, { id: new URL(origin).hostname })))?.[0]).toEqual([
    'id',
    expect.stringMatching(/“late1”/),
  ])
  expect((await readRelyingParty(own, 0)).id).toBe('late.example')
  expect(await published()).toEqual(document)
  await update(full, { origins: [origin] })
  await update(own, { id: new URL(origin).hostname, origins: domains('late', 1) })
  expect(await published()).toEqual([origin, ...domains('late', 1)])
})

test('what was too much before may stay, and becomes less', async () => {
  newHost()
  const tenant = await newTenant({ rpId: `auth.host${hosts + 1}.example`, origins: domains('old', 1, 2, 3, 4, 5, 6) })
  newHost()
  await update(tenant, { name: 'Other' })
  await update(tenant, { origins: domains('old', 6, 5, 4, 3, 2, 1) })
  expect((await issuesOf(update(tenant, { origins: domains('old', 1, 2, 3, 4, 5, 7) })))?.[0]?.[0]).toBe('origins.5')
  await update(tenant, { origins: domains('old', 1, 2, 3, 4, 5) })
})

test('the document gives tenants their turns, and has neither apps nor addresses in it', async () => {
  const { origin, published } = newHost()
  const app = `android:apk-key-hash:${'A'.repeat(43)}`
  await newTenant({ origins: [origin, app, ...domains('a', 1, 2), 'https://203.0.113.7'] })
  await newTenant({ origins: ['ios:bundle-id:com.acme.wallet', ...domains('b', 1, 2)] })
  expect(await published()).toEqual([
    origin,
    ...domains('a', 1),
    ...domains('b', 1),
    ...domains('a', 2),
    ...domains('b', 2),
  ])
})

test('an origin on http: is refused where the server is on https:, but on one’s own machine', async () => {
  const { origin } = newHost()
  const tenant = await newTenant()
  const local = ['http://localhost:3000', 'http://app.localhost', 'http://127.0.0.1:3000', 'http://[::1]:3000']
  const insecure = ['http://acme.example', 'http://192.168.0.7', 'http://localhost.example']
  expect(await issuesOf(update(tenant, { origins: [origin, ...insecure] }))).toEqual(
    insecure.map((each, at) => [`origins.${at + 1}`, expect.stringContaining(`“${each}” is on http:`)]),
  )
  expect(await issuesOf(newTenant({ origins: insecure.slice(0, 1) }))).toHaveLength(1)
  expect((await readRelyingParty(tenant, 0)).origins).toEqual([origin])
  await update(tenant, { origins: [origin, ...local] })
  env().baseUrl = 'http://localhost:3000'
  await update(tenant, { origins: insecure })
  expect(relatedTo(await readRelyingParty(tenant, 0))).toEqual([])
})
