import { afterEach, beforeEach, expect, test } from 'vitest'
import { clock } from '../../clock.ts'
import { database } from '../../db/database.ts'
import { answering, type Home, newHome, refused, saying, waiting } from '../remote-skill-for-tests.ts'
import { readRun } from './runs.ts'

const { now } = clock
let { caller, register, execute } = {} as Home

beforeEach(async () => {
  ;({ caller, register, execute } = await newHome())
})
afterEach(() => {
  clock.now = now
})

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

test('outputs are kept for a day, and runs for thirty', async () => {
  const { url } = await answering(saying({ length: 4 }))
  await register(url)
  const { id } = await execute({ text: 'x' }, 'day')
  const at = now()
  clock.now = () => at + 86_400_000 - 1_000
  expect(JSON.parse(await readRun(caller, id)).output).toEqual({ length: 4 })
  clock.now = () => at + 86_400_000
  expect(JSON.parse(await readRun(caller, id))).toMatchObject({ status: 'succeeded', output: null })
  await execute()
  await expect.poll(async () => (await (await database()).skillRun.findUnique({ where: { id } }))?.output).toBeNull()
  clock.now = () => at + 31 * 86_400_000
  await execute()
  await expect.poll(async () => (await database()).skillRun.findUnique({ where: { id } })).toBeNull()
})
