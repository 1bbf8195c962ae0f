import { beforeEach, expect, test, vi } from 'vitest'
import type { Caller } from '../caller.ts'
import { database } from '../db/database.ts'
import { executeSkill } from './execute.ts'
import { removeSkill, updateSkill } from './remote.ts'
import { answering, type Home, newHome, refused, saying, schemas, waiting } from './remote-skill-for-tests.ts'
import { takeRemoteSlot } from './remote-slots.ts'
import { listRuns, readRun } from './runs/runs.ts'
import { slowSchema, slowValue } from './slow-schema-for-tests.ts'

// Threads are ended in these: on a busy machine each takes its time to come up again.
vi.setConfig({ testTimeout: 90_000 })

let { caller, register, execute } = {} as Home

beforeEach(async () => {
  ;({ caller, register, execute } = await newHome())
})

test('input that is not of the tenant’s schema never reaches the endpoint', async () => {
  const { url, got } = await answering(saying({ length: 4 }))
  await register(url)
  const problem = await refused(execute({ text: 4 }))
  expect([problem.code, problem.details.issues]).toEqual([
    'skill_input_invalid',
    [{ path: '/text', message: 'is no string' }],
  ])
  expect([got.length, await (await database()).skillRun.count({ where: { tenantId: caller.tenant.id } })]).toEqual([
    0, 0,
  ])
  await execute({ text: 'four' })
  expect(got).toHaveLength(1)
})

test('a schema that takes too much fails what it is for, and nothing else', async () => {
  const { url } = await answering(saying({ length: 4 }))
  await register(url, { inputSchema: slowSchema })
  const slow = await refused(execute(slowValue))
  expect([slow.code, slow.details.run]).toEqual(['skill_failed', { reason: 'schema_too_slow' }])
  await updateSkill(caller, 'acme.count', { inputSchema: {}, outputSchema: slowSchema })
  const { url: bad } = await answering(saying(slowValue))
  await updateSkill(caller, 'acme.count', { url: bad })
  expect((await refused(execute())).details.run?.reason).toBe('schema_too_slow')
  await updateSkill(caller, 'acme.count', { url, ...schemas })
  expect((await execute()).output).toEqual({ length: 4 })
})

test('a failed run is given again for the same Idempotency-Key, and its endpoint is not called twice', async () => {
  const { url, got } = await answering(saying({}, 500))
  await register(url)
  const first = await refused(execute({ text: 'x' }, 'once'))
  const second = await refused(execute({ text: 'x' }, 'once'))
  expect([second.code, second.detail, second.details.run]).toEqual([first.code, first.detail, first.details.run])
  await removeSkill(caller, 'acme.count')
  expect((await refused(execute({ text: 'x' }, 'once'))).details.run).toEqual(first.details.run)
  expect(got).toHaveLength(1)
})

test('a run of one user’s token is nobody’s but theirs and the tenant’s own', async () => {
  const as = (id: string) => ({ ...caller, user: { id, username: id } }) as Caller
  const [ada, grace] = [as('usr_ada'), as('usr_grace')]
  const request = { skill_id: 'jwt.inspect', input: { token: 'of.ada.alone' } }
  const { id } = JSON.parse(await executeSkill(ada, request, 'once'))
  const idsOf = async (whose: Caller) => (await listRuns(whose)).data.map((run) => run.id)
  expect([await idsOf(ada), await idsOf(grace), await idsOf(caller)]).toEqual([[id], [], [id]])
  expect((await refused(readRun(grace, id))).code).toBe('not_found')
  expect((await refused(executeSkill(grace, request, 'once'))).code).toBe('idempotency_conflict')
  expect(JSON.parse(await readRun(ada, id)).id).toBe(id)
})

test('while a run is under way the same request is told so, and gets it afterwards', async () => {
  const { url, got, answer } = await waiting({ length: 4 })
  await register(url)
  const first = execute({ text: 'x' }, 'slow')
  await expect.poll(() => got.length).toBe(1)
  const conflict = await refused(execute({ text: 'x' }, 'slow'))
  expect([conflict.code, conflict.details.headers]).toEqual(['idempotency_conflict', { 'Retry-After': '2' }])
  expect(conflict.detail).toMatch(/still under way/)
  answer()
  const run = await first
  expect(await execute({ text: 'x' }, 'slow')).toEqual(run)
  expect(got).toHaveLength(1)
})

test('a tenant has a hundred runs of its own skills under way in a process; more are refused, and are no runs', async () => {
  const { url, got } = await answering(saying({ length: 4 }))
  await register(url)
  const slots = Array.from({ length: 100 }, () => takeRemoteSlot(caller.tenant.id))
  const { code, details } = await refused(execute())
  expect([code, details.headers, got.length]).toEqual(['concurrency_limited', { 'Retry-After': '1' }, 0])
  expect(await (await database()).skillRun.count({ where: { tenantId: caller.tenant.id } })).toBe(0)
  takeRemoteSlot('another').release()
  slots.pop()?.release()
  expect((await execute()).output).toEqual({ length: 4 })
  expect((await execute()).output).toEqual({ length: 4 })
  for (const slot of slots) slot.release()
})
