import { expect, test } from 'vitest'
import { plansOf } from '../../../setup/query-plans.ts'
import { later } from '../../clock.ts'
import { createTenant } from '../../tenants/tenants.ts'
import { forgetPrevious } from '../store.ts'
import * as keeping from './keeping/store.ts'
import * as store from './store.ts'

test('nothing that is asked of a million runs goes through them', async () => {
  const slug = `p-${crypto.randomUUID().slice(0, 13)}`
  const place = { tenantId: (await createTenant({ name: 'Acme', slug })).id, environment: 'live' as const }
  const actor = { actorType: 'key', actorId: 'key', actorName: 'backend', userId: null }
  const of = { skillId: 'work', skillVersion: '1', inputBytes: 4, inputHash: '', amount: 0, milliseconds: 60_000 }
  const earlier = async () => undefined
  await store.begin({ id: 'run_1', ...place, ...actor, ...of }, 500, earlier, async () => undefined)
  await store.conclude('run_1', { status: 'succeeded', output: '{}' }, async (_tx, _run, meant) => meant)
  for (const userId of [undefined, 'usr_1']) {
    for (const skillId of [undefined, 'work'])
      for (const after of [undefined, 'run_1']) await store.list(place, { userId, skillId }, 51, after)
    await store.find(place, 'run_1', userId)
  }
  expect(await store.countsOf(place, 'work', 2)).toEqual({ total: 1, failed: 0, lastAt: expect.any(Date) })
  expect(await store.countsOf(place, 'none', 2)).toEqual({ total: 0, failed: 0, lastAt: null })
  await store.overdue()
  await keeping.removeBefore(later(-1_000), 1)
  await keeping.emptyBefore(later(-1_000), 1)
  await keeping.emptyBeyond(place, 1)
  await forgetPrevious()

  const kinds = ['SELECT', 'UPDATE', 'DELETE']
  const steps = [...plansOf('SkillRun', kinds), ...plansOf('Skill"', kinds)]
  for (const index of [
    /INDEX SkillRun_tenantId_environment_status_idx \(tenantId=\? AND environment=\? AND status=\?\)/,
    /COVERING INDEX SkillRun_\w+_skillId_startedAt_status_idx \(tenantId=\? AND environment=\? AND skillId=\?\)/,
    /INDEX SkillRun_\w+_userId_startedAt_idx \(tenantId=\? AND environment=\? AND userId=\?/,
    /INDEX SkillRun_status_until_idx \(status=\? AND until<\?\)/,
    /INDEX SkillRun_output_startedAt_idx \(startedAt<\?\)/,
    /INDEX SkillRun_output_idx \(tenantId=\? AND environment=\?\)/,
    /INDEX Skill_previousUntil_idx \(previousUntil<\?\)/,
  ]) {
    expect(steps).toContainEqual(expect.stringMatching(index))
  }
  expect(steps.filter((step) => /^SCAN (?:Skill|SkillRun)\b/.test(step))).toEqual([])
})
