import { randomUUID } from 'node:crypto'
import { afterAll, expect, test, vi } from 'vitest'
import { clientCreate } from '#lib/contract/oauth.ts'
import { apiResource } from '#lib/contract/oauth-resources.ts'
import { scopeNames } from '#lib/contract/scopes.ts'
import { listAudit } from '../../server/audit/audit.ts'
import { createClient } from '../../server/clients/clients.ts'
import { closeDatabase, database } from '../../server/db/database.ts'
import { env } from '../../server/env.ts'
import { createKey } from '../../server/keys/make-key.ts'
import { mpcServiceToken } from '../../server/service-tokens/service-tokens.ts'
import { actFor, createTenant } from '../../server/tenants/tenants.ts'
import { createWebhook } from '../../server/webhooks/endpoints.ts'
import { mpcUser, refusalOf } from '../mpc-user.ts'
import { freePort } from '../serve.ts'
import { serveApi } from '../serve-api.ts'
import { serveMpc } from '../serve-mpc.ts'
import { webhookReceiver } from '../webhook-receiver.ts'
import { Asker } from './asker.ts'
import { peopleOf, until } from './clock-people.ts'
import { deviceOf, grantOf, logOf, sessionOf } from './clock-things.ts'
import { compare } from './compare.ts'
import { Journal } from './journal.ts'
import { library, SetClock } from './set-clock.ts'
import { expectBalanced, expectSound } from './sound.ts'
import { isWhole, of } from './whole.ts'

// A server whose clock is set an hour ahead and back, while it runs and while it does not, beside one whose clock is right, on
// one database, and an MPC server.

vi.setConfig({ testTimeout: 1_800_000, hookTimeout: 120_000 })

if (!library) console.info('Clocks that are set are not tried: libfaketime is not here.')

/** Where the clock is set one after the other, in hours; with the server down meanwhile, or not. */
const running = [1, 0, -1, 0].map((hours) => ({ hours, down: false }))
const down = running.map((step) => ({ ...step, down: true }))
const steps = of([...running.slice(0, 2), ...down.slice(2, 3)], [...running, ...down, ...running])

const hour = 3_600_000
const stops: (() => unknown)[] = [closeDatabase]
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop()
})

/** What a server answers, once it has the time. */
function answered(url: string, path: string, headers: Record<string, string>) {
  return until(async () => {
    const answer = await fetch(`${url}${path}`, { headers })
    const { code } = (await answer.json()) as { code?: string }
    return answer.status === 503 ? undefined : { status: answer.status, code }
  })
}

test.skipIf(!library)(
  'a clock that is set an hour ahead or back loses nothing, shuts nobody out, and lets in nothing that is over',
  async () => {
    const wall = new SetClock(env().dataDir)
    const ports = { steady: await freePort(), stepped: await freePort() }
    const origin = `http://localhost:${ports.steady}`
    const steppedUrl = `http://localhost:${ports.stepped}`
    Object.assign(env(), { baseUrl: origin, webhookAllowPrivate: true })
    const receiver = await webhookReceiver((_, outgoing, { headers }) => {
      const tries = receiver.ids().filter((id) => id === headers['webhook-id']).length
      outgoing.writeHead(tries > 1 ? 200 : 500).end()
    })
    stops.push(receiver.stop)

    const { id: tenantId } = await createTenant({ name: 'Shop', slug: 'shop' })
    const caller = await actFor(tenantId, 'live')
    const wanted = { tier: 'enterprise' as const, scopes: [...scopeNames] }
    const inHours = (hours: number) => new Date(Date.now() + hours * hour)
    const key = await createKey(caller, { name: 'load', ...wanted })
    const soonOver = await createKey(caller, { name: 'soon', ...wanted, expiresAt: inHours(0.5).toISOString() })
    const over = await createKey(caller, { name: 'over', ...wanted, expiresAt: inHours(1).toISOString() })
    const few = await createKey(await actFor(tenantId, 'test'), { name: 'few', scopes: [...scopeNames] })
    const { id: endpointId } = await createWebhook(caller, { url: receiver.url, events: ['key.created'] })
    const app = { name: 'Service', type: 'confidential', grants: ['client_credentials'], scopes: ['usage:read'] }
    const { clientId, clientSecret = '' } = await createClient(caller, clientCreate.parse(app))
    const db = await database()

    const journal = new Journal()
    const settings = { BASE_URL: origin, WEBHOOK_ALLOW_PRIVATE: 'on', DEMO: 'off' }
    const serveStepped = () => serveApi(env().dataDir, { ...settings, ...wall.settings(), PORT: String(ports.stepped) })
    const steadyServer = await serveApi(env().dataDir, { ...settings, PORT: String(ports.steady) })
    let steppedServer = await serveStepped()
    const mpcSettings = {
      ...{ MPC_ISSUER: origin, MPC_ENVIRONMENTS: 'live', DATA_DIR: env().dataDir },
      ...{ MPC_USAGE_URL: `${origin}/v1/usage/events`, MPC_USAGE_TOKEN: await mpcServiceToken() },
    }
    const mpc = await serveMpc(mpcSettings)
    const steppedMpc = await serveMpc({ ...mpcSettings, ...wall.settings() })
    stops.push(
      () => steadyServer.stop('SIGKILL'),
      () => steppedServer.stop('SIGKILL'),
      () => mpc.stop('SIGKILL'),
      () => steppedMpc.stop('SIGKILL'),
    )
    const [steady, stepped] = [new Asker(journal, origin), new Asker(journal, steppedUrl)]
    const { beginRegistration, beginSignIn, end, register, signIn } = peopleOf(key, origin)
    const [known, halfway, apart] = [await register(steady), await register(steady), await register(steady)]
    /** Whom a token lets a server see the passkeys of. */
    const seenBy = (url: string, token: string) =>
      answered(url, '/v1/passkeys', { 'X-API-Key': key.secret, 'X-User-Token': token })
    const signerBy = (token: string, at = mpc) => mpcUser({ token: async () => token }, at.url)

    /** Makes a key, again with one Idempotency-Key. */
    async function makeKey(once: string) {
      const json = { name: once, scopes: ['usage:read'] }
      const headers = { 'Idempotency-Key': once }
      const heard = await until(() => stepped.ask('POST', '/v1/keys', { key, operation: 'keys.create', json, headers }))
      expect(heard.status).toBe(201)
      journal.keep('apiKey', heard.body.id)
      return heard.body.id as string
    }
    const page = (cursor?: string) => listAudit(tenantId, { limit: 5, ...(cursor ? { cursor } : {}) })
    const wrongKey = () => answered(steppedUrl, '/v1/tenant', { 'X-API-Key': `sk_live_${randomUUID()}` })
    const fewKey = () => answered(steppedUrl, '/v1/tenant', { 'X-API-Key': few.secret })
    async function usedUp(ask: typeof fewKey) {
      for (let times = 0; times < 400; times++) if ((await ask()).status === 429) return
      throw new Error('Nothing was refused as too much.')
    }

    const { id: userId } = await db.user.findFirstOrThrow({ where: { tenantId, username: known.username } })
    async function read(path: string) {
      const heard = await until(() => stepped.ask('GET', path, { key }))
      expect([path, heard.status]).toEqual([path, 200])
      return heard.body
    }
    const place = { tenantId, userId, origin, steady, stepped, steppedUrl, read }
    const things = await Promise.all([grantOf, deviceOf, sessionOf, logOf].map((of) => of(place)))

    /** What is under way as the clock is set. */
    async function underWay() {
      await Promise.all([usedUp(fewKey), usedUp(wrongKey)])
      const late = await beginSignIn(stepped, known)
      const expiresAt = new Date(wall.now() - hour - 60_000)
      await db.ceremony.update({ where: { tenantId_id: { tenantId, id: late.json.ceremonyId } }, data: { expiresAt } })
      const begun = [await beginRegistration(stepped), await beginSignIn(stepped, halfway)]
      const elsewhere = await beginSignIn(steady, apart)
      const token = await signIn(stepped, known)
      const after = []
      for (const thing of things) after.push(await thing())
      const { data, nextCursor } = await page()
      const all = await db.auditEvent.findMany({ where: { tenantId }, select: { id: true } })
      // At last: of each event the first attempt fails, and the second is due after five seconds.
      const once = randomUUID()
      const keyId = await makeKey(once)
      const tried = () => receiver.received.some(({ body }) => JSON.parse(body).data.keyId === keyId)
      await expect.poll(tried, { timeout: 60_000 }).toBe(true)
      return { once, keyId, late, begun, elsewhere, token, after, audit: { data, nextCursor, all } }
    }

    const pending = () => db.webhookDelivery.count({ where: { endpointId, status: 'pending' } })
    await db.apiKey.update({ where: { id: over.id }, data: { expiresAt: inHours(-1.02) } })
    for (const { hours, down } of steps) {
      const step = `from ${wall.hours} h to ${hours} h${down ? ', while it is down' : ''}`
      const moved = hours - wall.hours
      const before = await underWay()
      if (down) expect(await steppedServer.stop('SIGTERM')).toBe(0)
      wall.set(hours)
      if (down) steppedServer = await serveStepped()
      const off = async () =>
        Math.abs(Date.parse((await fetch(`${steppedUrl}/livez`)).headers.get('date') ?? '') - wall.now())
      await expect.poll(off, { timeout: 60_000 }).toBeLessThan(hour / 2)

      // Nobody is shut out by what was counted before, and what is over by more than the step is over.
      expect([await fewKey(), await wrongKey()], step).toMatchObject([{ status: 200 }, { status: 401 }])
      expect(await answered(steppedUrl, '/v1/tenant', { 'X-API-Key': over.secret }), step).toMatchObject({
        status: 401,
      })
      const isSoonOver = await answered(steppedUrl, '/v1/tenant', { 'X-API-Key': soonOver.secret })
      expect(isSoonOver.status, step).toBe(hours > 0 ? 401 : 200)
      expect((await until(() => end(stepped, before.late))).body.code, step).toBe('ceremony_unknown')
      // What was begun before is ended, or over: that says nothing of one for which there was no time.
      for (const begun of before.begun) {
        const ended = () => end(stepped, begun)
        if (moved > 0) expect((await until(ended)).body.code, step).toBe('ceremony_unknown')
        else expect((await ended())?.body.code, step).toBeUndefined()
      }
      expect((await seenBy(steppedUrl, before.token)).code, step).toBe(moved > 0 ? 'token_invalid' : undefined)
      expect(await makeKey(before.once), step).toBe(before.keyId)
      // All goes on.
      await register(stepped)
      const [token, steadyToken] = [await signIn(stepped, known), await signIn(steady, known)]
      expect((await seenBy(steppedUrl, token)).code, step).toBeUndefined()
      expect((await seenBy(origin, token)).code, step).toBe(hours < 0 ? 'token_invalid' : undefined)
      const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }
      const resource = { resource: apiResource(origin), scope: 'usage:read' }
      const service = await until(() => stepped.ask('POST', '/oauth/token', { form: { ...form, ...resource } }))
      const bearer = { Authorization: `Bearer ${service.body.access_token}` }
      expect(await answered(steppedUrl, '/v1/tenant', bearer), step).toMatchObject({ status: 200 })
      // The MPC server, whose clock is right, takes what is of its time.
      await (await signerBy(steadyToken)).keys.list({}, (await signerBy(steadyToken)).headers())
      const signer = await signerBy(token)
      const listed = signer.keys.list({}, signer.headers())
      if (hours === 0) expect(await listed, step).toMatchObject({ keys: [] })
      else {
        const reason = hours > 0 ? 'token_invalid' : 'token_expired'
        expect(await refusalOf(listed), step).toMatchObject({ code: 'Unauthenticated', reason })
      }
      // The one that goes by the clock which is set takes what is of that time, within a second of it.
      const ofSteady = await signerBy(steadyToken, steppedMpc)
      const there = () =>
        ofSteady.keys.list({}, ofSteady.headers()).then(
          () => 'answered',
          (error) => refusalOf(Promise.reject(error)).then(({ reason }) => reason),
        )
      const told = hours === 0 ? 'answered' : hours > 0 ? 'token_expired' : 'token_invalid'
      await expect.poll(there, { timeout: 30_000, message: step }).toBe(told)
      const ofStepped = await signerBy(token, steppedMpc)
      expect(await ofStepped.keys.list({}, ofStepped.headers()), step).toMatchObject({ keys: [] })
      // What the other server has under way is nobody else's to sweep away.
      expect((await end(steady, before.elsewhere))?.body.code, step).toBeUndefined()
      for (const after of before.after) await after({ hours, moved, name: step })
      // A list that was begun before goes on where it was.
      const listedIds = before.audit.data.map(({ id }) => id)
      for (let cursor = before.audit.nextCursor; cursor; ) {
        const next = await page(cursor)
        listedIds.push(...next.data.map(({ id }) => id))
        cursor = next.nextCursor
      }
      expect(listedIds.length, step).toBe(new Set(listedIds).size)
      expect(
        before.audit.all.filter(({ id }) => !listedIds.includes(id)),
        step,
      ).toEqual([])
      // What could not be sent is sent soon, and not an hour later: that takes its seconds, and the short form tries one.
      if (isWhole || (moved < 0 && hours === 0)) await expect.poll(pending, { timeout: 90_000, message: step }).toBe(0)
      await compare(journal, tenantId)
      console.info(`The clock was set ${step}.`)
    }
    // Each was sent until it arrived.
    await expect.poll(pending, { timeout: 90_000 }).toBe(0)
    const told = new Set(receiver.received.map(({ body }) => JSON.parse(body).data.keyId))
    expect(journal.all('apiKey').filter((id) => !told.has(id))).toEqual([])
    const ended = [steadyServer.stop('SIGTERM'), steppedServer.stop('SIGTERM'), mpc.stop(), steppedMpc.stop()]
    expect(await Promise.all(ended)).toEqual([0, 0, 0, 0])
    expect(steppedServer.output.join('')).not.toMatch(/error|unhandled/i)
    await expectBalanced()
    expectSound('integrity_check')
  },
)
