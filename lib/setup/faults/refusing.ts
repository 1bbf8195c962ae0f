import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { scopeNames } from '#lib/contract/scopes.ts'
import { createPaymentMethod } from '../../server/account/payment-methods.ts'
import { database } from '../../server/db/database.ts'
import { createKey } from '../../server/keys/make-key.ts'
import { actFor, createTenant } from '../../server/tenants/tenants.ts'
import { of } from './whole.ts'

/** Asks a server whose storage is about to refuse. */
export interface Shop {
  /** Each of them writes, if only what it is counted as. */
  writes: Record<string, () => Promise<Heard>>
  /** Asks another server from now on. */
  moveTo(url: string): void
  /** How often each was answered well. */
  done: Map<string, number>
  /** Asserts that what was made is there, and nothing of what was refused. */
  compare(): Promise<void>
}

interface Heard {
  status: number
  retryAfter: number
  code: string | undefined
  milliseconds: number
}

/** Makes a tenant, as the operator would, and what asks the server for it. */
export async function newShop(url: string): Promise<Shop> {
  const { id } = await createTenant({ name: 'Shop', slug: `shop-${randomUUID().slice(0, 8)}` })
  const caller = await actFor(id, 'live')
  const { secret } = await createKey(caller, { name: 'shop', tier: 'enterprise', scopes: [...scopeNames] })
  const { id: paymentMethodId } = await createPaymentMethod(caller, { label: 'Invoice' }, undefined)
  let address = url
  const [made, refused] = [new Set<string>(), new Set<string>()]

  async function ask(method: string, path: string, json?: object): Promise<Heard> {
    const once = { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() }
    const headers = { 'X-API-Key': secret, ...(json ? once : {}) }
    return heard(fetch(`${address}${path}`, { method, headers, ...(json ? { body: JSON.stringify(json) } : {}) }))
  }
  const all = {
    'a read, which is counted': () => ask('GET', '/v1/tenant'),
    'a ceremony': () => ask('POST', '/v1/passkeys/register/begin', { username: randomUUID() }),
    'a new key': async () => {
      const name = randomUUID()
      const answer = await ask('POST', '/v1/keys', { name, scopes: ['usage:read'] })
      if (answer.status === 201) made.add(name)
      // Without it something was done, and could not be counted.
      else if (answer.retryAfter > 0) refused.add(name)
      return answer
    },
    'a top-up': () => ask('POST', '/v1/account/funds', { amount: 100, paymentMethodId }),
  }
  const done = new Map<string, number>()
  const noted = async (what: string, write: () => Promise<Heard>) => {
    const answer = await write()
    if (answer.status < 300) done.set(what, (done.get(what) ?? 0) + 1)
    return answer
  }
  const writes = Object.fromEntries(Object.entries(all).map(([what, write]) => [what, () => noted(what, write)]))
  return {
    ...{ writes, done },
    moveTo(next) {
      address = next
    },
    async compare() {
      const keys = await (await database()).apiKey.findMany({ where: { tenantId: id }, select: { name: true } })
      const there = new Set(keys.map(({ name }) => name))
      expect([...made].filter((name) => !there.has(name))).toEqual([])
      expect([...refused].filter((name) => there.has(name))).toEqual([])
    },
  }
}

/** What an answer says of whether it can be asked for again. */
async function heard(asked: Promise<Response>): Promise<Heard> {
  const began = performance.now()
  const answer = await asked
  const body = (await answer.json()) as { code?: string }
  const retryAfter = Number(answer.headers.get('retry-after'))
  return { status: answer.status, retryAfter, code: body.code, milliseconds: performance.now() - began }
}

/** Asserts that a request was refused for now, and not in another way. */
export function expectRefused(what: string, { status, retryAfter, code }: Heard): void {
  expect([what, status], code).toEqual([what, 503])
  expect(code).toBe('unavailable')
  expect(retryAfter).toBeGreaterThan(0)
}

/**
 * Writes until storage that has no room left has refused ten times, and asserts that it did so for now alone, and that reading
 * goes on. A write may find room in a page, or in a log, for a while.
 */
export async function expectFull(url: string, shop: Shop): Promise<void> {
  let refused = 0
  for (let tries = 0; refused < 10; tries++) {
    expect(tries).toBeLessThan(10_000)
    const answers = await Promise.all(
      Object.entries(shop.writes).map(async ([what, write]) => [what, await write()] as const),
    )
    for (const [what, answer] of answers) {
      if (answer.status < 300) continue
      refused++
      // What was done and could not be counted does not say that it may be asked for again.
      expectRefused(what, answer.status === 503 ? { ...answer, retryAfter: answer.retryAfter || 1 } : answer)
    }
  }
  await expectReads(url)
}

/** What goes on whatever the storage does, since it is not counted: asserts that it does. */
export async function expectReads(url: string, paths = always): Promise<void> {
  for (const path of paths) expect([path, (await fetch(`${url}${path}`)).status]).toEqual([path, 200])
}

const always = ['/livez', '/.well-known/jwks.json', '/.well-known/openid-configuration', '/v1/openapi.json']

/** Asserts that all goes on again, by itself. */
export async function expectHealed(url: string, shop: Shop): Promise<void> {
  await expect.poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 60_000 }).toBe(200)
  for (const [what, write] of Object.entries(shop.writes))
    await expect.poll(async () => [what, (await write()).code], { timeout: 60_000 }).toEqual([what, undefined])
  await shop.compare()
}

/**
 * Has a fault last until everything that writes was refused, in the whole form for so long besides; what is not counted goes on
 * meanwhile, and all does after it.
 *
 * @param patience what a refusal may take where the machine has the time, in milliseconds; judged in the whole form alone
 * @param meanwhile what is asserted once all was refused, before it ends
 */
export async function outlast(
  url: string,
  shop: Shop,
  fault: () => Promise<() => unknown>,
  { milliseconds = 0, patience = 0, meanwhile = async () => {} } = {},
): Promise<void> {
  await expectHealed(url, shop)
  const end = await fault()
  try {
    const began = performance.now()
    let slowest = 0
    do {
      const answers = Promise.all(
        Object.entries(shop.writes).map(async ([what, write]) => ({ what, answer: await write() })),
      )
      // It waits beside its loop: these are answered one after the other while the others wait.
      for (let times = 0; times < 10; times++) await expectReads(url)
      await expect.poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 60_000 }).toBe(503)
      for (const { what, answer } of await answers) {
        expectRefused(what, answer)
        slowest = Math.max(slowest, answer.milliseconds)
      }
    } while (performance.now() - began < of(0, milliseconds))
    if (patience > 0) expect(of(0, slowest)).toBeLessThan(patience)
    await meanwhile()
  } finally {
    await end()
  }
  await expectHealed(url, shop)
}
