import { afterEach, beforeAll, expect, test } from 'vitest'
import type { Caller } from '../caller.ts'
import { clock } from '../clock.ts'
import { database } from '../db/database.ts'
import { createKey, rotateKey } from '../keys/make-key.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { onceOf } from './once.ts'

const { now } = clock
afterEach(() => {
  clock.now = now
})

let caller: Caller
beforeAll(async () => {
  caller = await actFor((await createTenant({ name: 'Shop', slug: 'shop' })).id, 'live')
})

const day = 86_400_000
const wanted = { name: 'x', scopes: ['usage:read' as const] }

test('an Idempotency-Key is remembered for a day, and not longer', async () => {
  const began = now()
  clock.now = () => began
  const making = { idempotencyKey: 'for a day'.replaceAll(' ', '-') }
  const first = await createKey(caller, wanted, making)
  clock.now = () => began + day - 1
  expect(await createKey(caller, wanted, making)).not.toHaveProperty('secret')
  clock.now = () => began + day
  const second = await createKey(caller, wanted, making)
  expect(second.id).not.toBe(first.id)
  expect(second.secret).toMatch(/^sk_live_/)
})

test('those whose day has passed go a hundred at a time, and none of them counts meanwhile', async () => {
  const at = now()
  clock.now = () => at
  const db = await database()
  const { id: tenantId } = caller.tenant
  const places = Array.from({ length: 250 }, (_, index) => ({ tenantId, environment: 'live', key: `old-${index}` }))
  const [fingerprint, resultId, createdAt] = ['of another request', 'x', new Date(at - day)]
  await db.idempotentRequest.createMany({ data: places.map((one) => ({ ...one, fingerprint, resultId, createdAt })) })
  const left = () => db.idempotentRequest.count({ where: { tenantId, createdAt } })
  expect(await createKey(caller, wanted, { idempotencyKey: 'old-249' })).toHaveProperty('secret')
  expect(await left()).toBe(149)
  await createKey(caller, wanted, { idempotencyKey: 'old-249' })
  expect(await left()).toBe(49)
})

test('a request that was refused leaves no trace of its Idempotency-Key', async () => {
  const noted = async () => (await database()).idempotentRequest.count({ where: { key: 'refused' } })
  const making = { idempotencyKey: 'refused' }
  const ended = await createKey(caller, wanted)
  await rotateKey(caller, ended.id, { overlapSeconds: 0 })
  for (const _ of ['first', 'again']) {
    await expect(rotateKey(caller, ended.id, {}, making)).rejects.toMatchObject({ code: 'not_found' })
  }
  await expect(createKey({ ...caller, scopes: new Set() }, wanted, making)).rejects.toMatchObject({
    code: 'insufficient_scope',
  })
  expect(await noted()).toBe(0)
  await createKey(caller, wanted, making)
  expect(await noted()).toBe(1)
})

test('what an Idempotency-Key is kept with tells of the request no more than that it is the same', () => {
  const one = onceOf('k', 'keys.create', { name: 'Secret plans', scopes: ['usage:read'] })
  expect(one?.fingerprint).toMatch(/^[\w-]{43}$/)
  expect(onceOf('k', 'keys.create', { scopes: ['usage:read'], name: 'Secret plans' })).toEqual(one)
  expect(onceOf('k', 'keys.rotate', { name: 'Secret plans', scopes: ['usage:read'] })).not.toEqual(one)
  expect(onceOf(undefined, 'keys.create', {})).toBeUndefined()
})
