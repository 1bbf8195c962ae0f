import { randomUUID } from 'node:crypto'
import { createClient } from '@connectrpc/connect'
import { createGrpcTransport } from '@connectrpc/connect-node'
import { expect, vi } from 'vitest'
import { Health, HealthCheckResponse_ServingStatus as Status } from '../../mpc/proto/health/v1/health_pb.js'
import type { Issuer } from '../issuer.ts'
import { mpcUser, refusalOf } from '../mpc-user.ts'

/** Asks an MPC server whose storage is about to refuse, as a user who has a key there. */
export interface Holder {
  /** Each of them writes, if only what it is counted as. */
  calls: Record<'a read' | 'a new key' | 'a freeze' | 'a signature', () => Promise<unknown>>
  /** Whether the server says that it takes calls. */
  isServing(): Promise<boolean>
  /** Asserts that what was made is there, nothing of what was refused, and that the key signs. */
  compare(): Promise<void>
}

/** Makes a user of their own, and a key. */
export async function newHolder(issuer: Pick<Issuer, 'token'>, url: string): Promise<Holder> {
  const message = new TextEncoder().encode('Pay 12.50 USDC to Globex')
  const user = await mpcUser(issuer, url, { sub: `usr_${randomUUID()}` })
  const made = await user.makeKey()
  const health = createClient(Health, createGrpcTransport({ baseUrl: url }))
  const get = async () => (await user.keys.get({ keyId: made.id }, user.headers())).key
  return {
    calls: {
      'a read': get,
      'a new key': () => user.beginKey(),
      'a freeze': () => user.keys.freeze({ keyId: made.id }, user.headers()),
      'a signature': () => user.beginSignature(made, message),
    },
    isServing: async () => (await health.check({})).status === Status.SERVING,
    async compare() {
      const before = await get()
      expect(before?.frozen).toBe(false)
      expect(await user.signed(made, message)).toHaveLength(64)
      expect((await get())?.signatures).toBe((before?.signatures ?? 0n) + 1n)
      expect((await user.keys.list({}, user.headers())).keys).toHaveLength(1)
    },
  }
}

const refused = { code: 'Unavailable', reason: 'unavailable', retryAfter: expect.stringMatching(/^[1-9]/) }

/** Asserts that calls are refused for now, and not in another way. */
export async function expectCallsRefused(calls: Partial<Holder['calls']>): Promise<void> {
  const asked = Object.entries(calls).map(async ([what, call]) => [what, await refusalOf(call())])
  expect(await Promise.all(asked)).toEqual(Object.keys(calls).map((what) => [what, expect.objectContaining(refused)]))
}

/**
 * Calls until storage that has no room left has refused ten times, and asserts that it did so for now alone. A call may find room in
 * a page, or in a log, for a while.
 */
export async function expectCallsFull({ calls }: Holder): Promise<void> {
  // What a key is frozen by is asserted after it.
  const { 'a freeze': _, ...others } = calls
  let full = 0
  for (let tries = 0; full < 10; tries++) {
    expect(tries).toBeLessThan(10_000)
    const asked = Object.values(others).map((call) =>
      call().then(
        () => undefined,
        (error) => refusalOf(Promise.reject(error)),
      ),
    )
    const answers = (await Promise.all(asked)).filter((answer) => answer !== undefined)
    expect(answers).toEqual(answers.map(() => expect.objectContaining(refused)))
    full += answers.length
  }
}

/** Asserts that all goes on again, by itself. */
export async function expectGoesOn({ isServing, calls, compare }: Holder): Promise<void> {
  await expect.poll(isServing, { timeout: 60_000 }).toBe(true)
  // A connection that broke meanwhile may be the next one’s.
  await vi.waitFor(calls['a read'], { timeout: 60_000 })
  await compare()
}

/**
 * Has a fault last until every call was refused, and the server has said that it takes none; all goes on after it.
 *
 * @param fault resolves with what ends it
 */
export async function outlastCalls(holder: Holder, fault: () => Promise<() => unknown>): Promise<void> {
  await expectGoesOn(holder)
  const end = await fault()
  try {
    await expectCallsRefused(holder.calls)
    await expect.poll(holder.isServing).toBe(false)
  } finally {
    await end()
  }
  await expectGoesOn(holder)
}
