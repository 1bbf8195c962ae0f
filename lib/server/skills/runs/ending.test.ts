import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { damage } from '../../../setup/damage.ts'
import { isOnPostgresql } from '../../../setup/on-sqlite.ts'
import { placeOf } from '../../caller.ts'
import { clock, later } from '../../clock.ts'
import { database } from '../../db/database.ts'
import { beginDraining } from '../../draining.ts'
import { executeSkill } from '../execute.ts'
import { lostRun } from '../lost-run-for-tests.ts'
import { answering, type Home, newHome, refused, saying, waiting } from '../remote-skill-for-tests.ts'
import { endOverdue } from './ending.ts'
import { noteKept, sweepRuns } from './keeping.ts'
import { listRuns, readRun } from './runs.ts'
import { endRuns } from './under-way.ts'

const { now } = clock
let { caller, register, execute } = {} as Home

beforeEach(async () => {
  ;({ caller, register, execute } = await newHome())
})
afterEach(() => {
  clock.now = now
})

const stored = async (id: string) => (await database()).skillRun.findUnique({ where: { id } })

test('a run that nobody ended has failed once its time has passed, and what comes later changes nothing', async () => {
  const { url, got, answer } = await waiting({ length: 4 })
  await register(url, { timeoutSeconds: 5 })
  const running = refused(execute({ text: 'x' }))
  await expect.poll(() => got.length).toBe(1)
  const at = now()
  clock.now = () => at + 60_000
  const stored = await (await database()).skillRun.findFirstOrThrow({ where: { tenantId: caller.tenant.id } })
  expect(JSON.parse(await readRun(caller, stored.id))).toMatchObject({
    status: 'failed',
    error: { reason: 'interrupted' },
  })
  answer()
  expect((await running).details.run).toEqual({ runId: stored.id, reason: 'interrupted' })
  expect(JSON.parse(await readRun(caller, stored.id))).toMatchObject({ status: 'failed', output: null })
})

test.runIf(isOnPostgresql)(
  'a process whose clock is an hour ahead, or behind, ends no run that another one has under way',
  async () => {
    const place = placeOf(caller)
    const running = await lostRun(place, { amount: 0, until: later(60_000) })
    const { now: right } = Date
    for (const hours of [1, -1]) {
      vi.spyOn(Date, 'now').mockImplementation(() => right() + hours * 3_600_000)
      await endOverdue()
      await readRun(caller, running.id)
      expect(await running.status()).toBe('running')
      // What it began itself, and left, is as soon over as anybody's.
      const lost = await lostRun(place, { amount: 0, until: later(-1_000) })
      vi.restoreAllMocks()
      await endOverdue()
      expect([await running.status(), await lost.status()]).toEqual(['running', 'failed'])
    }
  },
)

test('what comes when a run’s time has passed is no success, and says that it was the time', async () => {
  const { url, got, answer } = await waiting({ length: 4 })
  await register(url)
  const running = refused(execute())
  await expect.poll(() => got.length).toBe(1)
  const at = now()
  clock.now = () => at + 60_000
  answer()
  const { code, details, detail } = await running
  expect([code, details.run?.reason]).toEqual(['skill_timeout', 'timeout'])
  expect(detail).toMatch(/could not be checked in time/)
})

test('outputs are kept for a day, and runs for thirty, though nobody executes any more', async () => {
  const { url } = await answering(saying({ length: 4 }))
  await register(url)
  const { id } = await execute({ text: 'x' }, 'day')
  const at = now()
  clock.now = () => at + 86_400_000 - 1_000
  expect(JSON.parse(await readRun(caller, id)).output).toEqual({ length: 4 })
  clock.now = () => at + 86_400_000
  expect(JSON.parse(await readRun(caller, id))).toMatchObject({ status: 'succeeded', output: null })
  await sweepRuns()
  expect(await stored(id)).toMatchObject({ status: 'succeeded', output: null })
  clock.now = () => at + 31 * 86_400_000
  await sweepRuns()
  expect(await stored(id)).toBeNull()
})

test('of a place’s outputs the oldest go where they are too much together, as soon as they are', async () => {
  const db = await database()
  const place = placeOf(caller)
  const ids = await Promise.all([1, 2, 3].map(async () => (await lostRun(place, { amount: 0, until: later(0) })).id))
  for (const [at, id] of ids.entries()) {
    const data = { status: 'succeeded', output: '"kept"', outputBytes: 30 * 1024 * 1024, startedAt: later(at - 60_000) }
    await db.skillRun.update({ where: { id }, data })
  }
  const kept = () => Promise.all(ids.map(async (id) => (await stored(id))?.output))
  noteKept(place, 1_000)
  noteKept(place, 5 * 1024 * 1024)
  await expect.poll(kept).toEqual([null, '"kept"', '"kept"'])
})

test('a lost run that cannot be ended holds up no other, and nobody’s requests', async () => {
  const { url } = await answering(saying({ length: 4 }))
  await register(url)
  const [damaged, lost] = [
    await lostRun(placeOf(caller), { amount: 0, until: later(-2_000) }),
    await lostRun(placeOf(caller), { amount: 0, until: later(-1_000) }),
  ]
  const mend = await damage('SkillRun', 'id', damaged.id)
  expect((await execute()).output).toEqual({ length: 4 })
  expect((await listRuns(caller)).data).toHaveLength(3)
  await endOverdue()
  expect([await damaged.status(), await lost.status()]).toEqual(['running', 'failed'])
  await mend()
  await endOverdue()
  expect(await damaged.status()).toBe('failed')
})

test('a process that stops ends its runs after a grace, and begins none that may take long', async () => {
  const { url, got } = await waiting({ length: 4 })
  await register(url)
  const running = refused(execute({ text: 'x' }, 'stop'))
  await expect.poll(() => got.length).toBe(1)
  beginDraining()
  const { code, details } = await refused(execute())
  expect([code, details.headers]).toEqual(['unavailable', { 'Retry-After': '1' }])
  const inspected = { skill_id: 'jwt.inspect', input: { token: 'x' } }
  expect(JSON.parse(await executeSkill(caller, inspected, undefined)).output).toBeTruthy()
  await endRuns(0)
  const ended = await running
  expect([ended.code, ended.details.run?.reason]).toEqual(['skill_failed', 'interrupted'])
  expect(await stored(ended.details.run?.runId ?? '')).toMatchObject({ status: 'failed', reason: 'interrupted' })
  // Of what is answered already, a repeat is.
  expect((await refused(execute({ text: 'x' }, 'stop'))).details.run).toEqual(ended.details.run)
  expect(got).toHaveLength(1)
})
