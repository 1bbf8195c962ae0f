import { setTimeout as elapse } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { longTest } from '../../setup/on-sqlite.ts'
import { freePort, serve } from '../../setup/serve.ts'
import { move } from '../account/ledger.ts'
import { withAccount } from '../account/store.ts'
import type { Caller } from '../caller.ts'
import { clock, later } from '../clock.ts'
import { database } from '../db/database.ts'
import { env } from '../env.ts'
import { createKey } from '../keys/make-key.ts'
import type { Problem } from '../problem.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { createWebhook } from '../webhooks/endpoints.ts'
import { endpoint } from './endpoint-for-tests.ts'
import { executeSkill } from './execute.ts'
import { lostRun } from './lost-run-for-tests.ts'
import { createSkill } from './remote.ts'
import { endOverdue } from './runs/ending.ts'
import { listRuns } from './runs/runs.ts'

// Money and runs agree, whatever happens: who has paid has got a result, once, and who has got none has paid nothing.

/** How often a server is killed; each time takes it some ten seconds to be back. */
const rounds = Number(process.env.SKILLS_KILL_ROUNDS || 1)
vi.setConfig({ testTimeout: 30_000 * rounds })

const { now } = clock
const price = 7
let caller: Caller
let work: Awaited<ReturnType<typeof endpoint>>
let answers: (n: number) => { status: number; afterMilliseconds: number }

beforeEach(async () => {
  env().webhookAllowPrivate = true
  const slug = `m-${crypto.randomUUID().slice(0, 13)}`
  caller = await actFor((await createTenant({ name: 'Acme', slug })).id, 'live')
  answers = () => ({ status: 200, afterMilliseconds: 0 })
  let n = 0
  work = await endpoint(async (outgoing) => {
    const { status, afterMilliseconds } = answers(n++)
    if (afterMilliseconds) await elapse(afterMilliseconds)
    outgoing.writeHead(status).end('{"done":true}')
  })
  for (const keeper of [caller, await actFor(caller.tenant.id, 'test')]) {
    await createSkill(keeper, {
      id: 'work',
      name: 'Work',
      url: work.url,
      inputSchema: {},
      outputSchema: {},
      priceAmount: price,
      timeoutSeconds: 5,
    })
  }
})
afterEach(async () => {
  clock.now = now
  await work.close()
})

const place = () => ({ tenantId: caller.tenant.id, environment: 'live' as const })
const fund = (amount: number) =>
  withAccount(place(), (tx, account) => move(tx, account, { type: 'top_up', amount, sourceId: crypto.randomUUID() }))
const execute = async (once?: string, of = caller) =>
  JSON.parse(await executeSkill(of, { skill_id: 'work', input: once ?? null }, once))
const codeOf = (running: Promise<unknown>) =>
  running.then(
    () => 'ok',
    ({ code }: Problem) => code,
  )

/** What there is of money and of runs. */
async function books() {
  const db = await database()
  const where = place()
  const [account, runs, moves, events] = await Promise.all([
    db.account.findFirst({ where }),
    db.skillRun.findMany({ where }),
    db.ledgerTransaction.groupBy({ by: ['type'], where, _count: { _all: true } }),
    db.webhookEvent.findMany({ where: { ...where, type: 'skill.executed' } }),
  ])
  const count = (status: string) => runs.filter((run) => run.status === status).length
  return {
    available: Number(account?.available ?? 0),
    reserved: Number(account?.reserved ?? 0),
    running: count('running'),
    succeeded: count('succeeded'),
    failed: count('failed'),
    moves: Object.fromEntries(moves.map(({ type, _count }) => [type, _count._all])),
    told: events.map(({ payload }) => JSON.parse(payload).data),
    runs,
  }
}

test('a live execution costs its price when it succeeds; one that fails, and one in the test environment, cost nothing', async () => {
  await fund(100)
  expect((await execute()).cost).toEqual({ amount: price, currency: 'USD' })
  answers = () => ({ status: 500, afterMilliseconds: 0 })
  expect(await codeOf(execute())).toBe('skill_failed')
  answers = () => ({ status: 200, afterMilliseconds: 0 })
  expect((await execute(undefined, await actFor(caller.tenant.id, 'test'))).cost.amount).toBe(0)
  expect(await books()).toMatchObject({
    ...{ available: 100 - price, reserved: 0, succeeded: 1, failed: 1 },
    moves: { top_up: 1, reservation: 2, charge: 1, release: 1 },
  })
})

test('while it runs, its price is reserved', async () => {
  await fund(100)
  answers = () => ({ status: 200, afterMilliseconds: 300 })
  const running = execute()
  await expect.poll(() => work.got.length).toBe(1)
  expect(await books()).toMatchObject({ available: 100 - price, reserved: price, running: 1 })
  await running
  expect(await books()).toMatchObject({ available: 100 - price, reserved: 0, running: 0 })
})

test('what the balance does not cover is refused before the endpoint is called, and nothing is left of it', async () => {
  await fund(price - 1)
  expect(await codeOf(execute('poor'))).toBe('insufficient_funds')
  expect(work.got).toEqual([])
  expect(await books()).toMatchObject({ available: price - 1, reserved: 0, runs: [], moves: { top_up: 1 } })
  await fund(1)
  expect(await codeOf(execute('poor'))).toBe('ok')
  expect(await books()).toMatchObject({ available: 0, reserved: 0, succeeded: 1 })
  expect(await codeOf(execute())).toBe('insufficient_funds')
})

test('of many at once, as many run as the balance covers, and it is never below zero', async () => {
  await fund(5 * price + 3)
  answers = (n) => ({ status: 200, afterMilliseconds: 20 * (n % 3) })
  const codes = await Promise.all(Array.from({ length: 25 }, () => codeOf(execute())))
  const ran = codes.filter((code) => code === 'ok').length
  expect(ran).toBe(5)
  expect(codes.filter((code) => code === 'insufficient_funds')).toHaveLength(20)
  expect(await books()).toMatchObject({ available: 3, reserved: 0, succeeded: 5, moves: { charge: 5 } })
})

test('one request that comes many times is charged once', async () => {
  await fund(100)
  answers = () => ({ status: 200, afterMilliseconds: 50 })
  const codes = await Promise.all(Array.from({ length: 10 }, () => codeOf(execute('same'))))
  for (const code of codes) expect(['ok', 'idempotency_conflict']).toContain(code)
  await execute('same')
  expect(await books()).toMatchObject({ available: 100 - price, succeeded: 1, moves: { reservation: 1, charge: 1 } })
  expect(work.got).toHaveLength(1)
})

test('a run whose server died is released once, whoever comes by, and is told of once', async () => {
  await createWebhook(caller, { url: work.url, events: ['skill.executed'] })
  await fund(100)
  answers = () => ({ status: 200, afterMilliseconds: 500 })
  const late = codeOf(execute('late'))
  await expect.poll(() => work.got.length).toBe(1)
  const at = now()
  clock.now = () => at + 60_000
  await Promise.all([endOverdue(), endOverdue(), listRuns(caller)])
  expect(await books()).toMatchObject({ available: 100, reserved: 0, failed: 1, moves: { reservation: 1, release: 1 } })
  expect(await late).toBe('skill_failed')
  expect(await codeOf(execute('late'))).toBe('skill_failed')
  const { told, ...rest } = await books()
  expect(rest).toMatchObject({ available: 100, reserved: 0, failed: 1, moves: { reservation: 1, release: 1 } })
  expect(told).toEqual([{ runId: rest.runs[0]?.id, skillId: 'work', status: 'failed' }])
})

longTest(
  'killed at random moments, a server leaves no run that was paid for and is not there, and none that is and was not',
  async () => {
    const funds = 10_000
    await fund(funds)
    await createWebhook(caller, { url: `${work.url}/told`, events: ['skill.executed'] })
    const { secret } = await createKey(caller, { name: 'load', tier: 'enterprise', scopes: ['skills:execute'] })
    answers = (n) => ({ status: n % 5 === 4 ? 500 : 200, afterMilliseconds: (n * 37) % 120 })
    const settings = { DATA_DIR: env().dataDir, PORT: String(await freePort()), WEBHOOK_ALLOW_PRIVATE: 'on' }
    const lost = await lostRun(place(), { amount: price, until: later(-1_000) })
    const answered = new Map<string, string>()
    let asked = 0
    for (let round = 0; round < rounds; round++) {
      const server = await serve('start', settings)
      // What an earlier one left is ended though nobody comes by.
      await expect.poll(lost.status).toBe('failed')
      const connection = async () => {
        for (;;) {
          const once = `load-${asked++}`
          const answer = await fetch(`${server.baseUrl}/v1/skills/execute`, {
            method: 'POST',
            headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json', 'Idempotency-Key': once },
            body: JSON.stringify({ skill_id: 'work', input: once }),
          })
            .then((response) => response.json())
            .catch(() => undefined)
          if (answer === undefined) return
          answered.set(once, answer.id ?? answer.runId)
        }
      }
      const load = Array.from({ length: 8 }, connection)
      await expect.poll(() => answered.size).toBeGreaterThan(20 * (round + 1))
      await elapse(Math.random() * 200)
      await server.stop('SIGKILL')
      await Promise.all(load)
    }
    const at = now()
    clock.now = () => at + 60_000
    await endOverdue()
    const { available, reserved, running, succeeded, runs, moves, told } = await books()
    expect([available, reserved, running]).toEqual([funds - succeeded * price, 0, 0])
    expect(moves).toMatchObject({ charge: succeeded, reservation: runs.length, release: runs.length - succeeded })
    for (const [once, id] of answered)
      expect(
        runs.some((run) => run.id === id),
        once,
      ).toBe(true)
    expect(new Set(told.map(({ runId }) => runId))).toEqual(new Set(runs.map(({ id }) => id)))
    expect(told).toHaveLength(runs.length)
    for (const { runId, status } of told) expect(runs.find(({ id }) => id === runId)?.status).toBe(status)
    // Asked for again, what was answered is the same run.
    const [once, id] = [...answered][0] ?? []
    const again = await executeSkill(caller, { skill_id: 'work', input: once }, once).then(
      JSON.parse,
      ({ details }) => ({
        id: details.run?.runId,
      }),
    )
    expect(again.id).toBe(id)
  },
)
