import { type Context, Hono } from 'hono'
import { consoleKeysQuery, type KeyAddresses } from '#lib/contract/console.ts'
import { environment } from '#lib/contract/environment.ts'
import type { KeyView } from '#lib/contract/keys.ts'
import { keyCreate, keyRotate, keyUpdate } from '#lib/contract/keys.ts'
import type { Caller } from '../../caller.ts'
import { clock } from '../../clock.ts'
import { callerOf } from '../../console/sessions.ts'
import { testAllowlist } from '../../keys/allowlist.ts'
import { placeOfKey, readKey, revokeKey, updateKey } from '../../keys/keys.ts'
import { createKey, rotateKey } from '../../keys/make-key.ts'
import { dueKeys, endedKeys, newestKeys } from '../../keys/newest.ts'
import { notFound } from '../../keys/view.ts'
import { parse } from '../../problem.ts'
import { activityOf } from '../../usage/activity.ts'
import { addressesOf } from '../../usage/sightings.ts'
import { jsonBody } from '../json-body.ts'
import { type ConsoleEnv, confirmedIfLive, developer, viewer } from './context.ts'

const weekMilliseconds = 7 * 24 * 3_600_000
const [pageSize, mostDue] = [50, 11]
const withType = keyCreate.extend({ type: environment })

/** The tenant's keys, managed by a member. */
export const keys = new Hono<ConsoleEnv>()
  .get('/keys', viewer, async (c) => {
    const { environment, cursor } = parse(consoleKeysQuery, c.req.query())
    const caller = callerOf(c.get('signedIn'), environment)
    const { data, nextCursor } = await newestKeys(caller, pageSize, cursor)
    if (cursor) return c.json({ data: await active(caller, data), nextCursor, due: [] })
    const ended = await endedKeys(caller, pageSize)
    return c.json({
      data: await active(caller, [...data, ...ended]),
      nextCursor,
      due: (await dueKeys(caller, mostDue)).map((key) => ({ ...key, createdAt: key.createdAt.toISOString() })),
    })
  })
  .post('/keys', developer, jsonBody, async (c) => {
    const request = parse(withType, await c.req.json())
    const caller = callerOf(c.get('signedIn'), request.type)
    const idempotencyKey = c.req.header('idempotency-key')
    return c.json(await confirmedIfLive(c, caller, () => createKey(caller, request, { idempotencyKey })), 201)
  })
  .get('/keys/:id', viewer, async (c) => {
    const caller = await keeperOf(c)
    const [key] = await active(caller, [await readKey(caller, c.req.param('id'))])
    return c.json(key)
  })
  .patch('/keys/:id', developer, jsonBody, async (c) => {
    const caller = await keeperOf(c)
    const request = parse(keyUpdate, await c.req.json())
    return c.json(await confirmedIfLive(c, caller, () => updateKey(caller, c.req.param('id'), request)))
  })
  .post('/keys/:id/rotate', developer, jsonBody, async (c) => {
    const caller = await keeperOf(c)
    const [request, idempotencyKey] = [parse(keyRotate, await c.req.json()), c.req.header('idempotency-key')]
    return c.json(
      await confirmedIfLive(c, caller, () => rotateKey(caller, c.req.param('id'), request, { idempotencyKey })),
      201,
    )
  })
  .post('/keys/:id/revoke', developer, async (c) => {
    const caller = await keeperOf(c)
    return c.json(await confirmedIfLive(c, caller, () => revokeKey(caller, c.req.param('id'))))
  })
  .post('/keys/:id/allowlist/test', viewer, jsonBody, async (c) => {
    const caller = await keeperOf(c)
    return c.json(await testAllowlist(caller, c.req.param('id'), await c.req.json()))
  })
  .get('/keys/:id/addresses', viewer, async (c) => {
    const { id } = await readKey(await keeperOf(c), c.req.param('id'))
    const sightings = await addressesOf(id, new Date(clock.now() - weekMilliseconds))
    const data = sightings.map(({ address, firstSeenAt, lastSeenAt }) => ({
      address,
      firstSeenAt: firstSeenAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
    }))
    return c.json({ data } satisfies KeyAddresses)
  })

/** The member in the environment of the key that the path names; another tenant's key does not exist. */
async function keeperOf(c: Context<ConsoleEnv>): Promise<Caller> {
  const signedIn = c.get('signedIn')
  const { tenantId, environment } = await placeOfKey(c.req.param('id') ?? '')
  if (tenantId !== signedIn.tenant.id) throw notFound()
  return callerOf(signedIn, environment)
}

async function active(caller: Caller, views: KeyView[]) {
  const activity = await activityOf(caller, views)
  return views.map((view) => ({ ...view, activity: activity.get(view.id) }))
}
