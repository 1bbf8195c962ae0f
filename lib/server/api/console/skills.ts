import { type Context, Hono } from 'hono'
import { environment } from '#lib/contract/environment.ts'
import { remoteSkillCreate, remoteSkillUpdate, skillInput, skillRunQuery } from '#lib/contract/skills.ts'
import type { Caller } from '../../caller.ts'
import { callerOf } from '../../console/sessions.ts'
import { parse } from '../../problem.ts'
import { managedSkill } from '../../skills/managed-view.ts'
import { createSkill, listManaged, removeSkill, rotateSkillSecret, updateSkill } from '../../skills/remote.ts'
import { listManagedRuns, readManagedRun } from '../../skills/runs/runs.ts'
import { previewOf, tryOut } from '../../skills/try-out.ts'
import { jsonBody } from '../json-body.ts'
import { written } from '../written.ts'
import { type ConsoleEnv, confirmedIfLive, developer, viewer } from './context.ts'

/** The tenant's skills, registered and tried by a member, and every run of them. */
export const skills = new Hono<ConsoleEnv>()
  .get('/skills/:environment', viewer, async (c) => c.json({ data: await listManaged(keeperOf(c)) }))
  .post('/skills/:environment', developer, jsonBody, async (c) => {
    const caller = keeperOf(c)
    const request = parse(remoteSkillCreate, await c.req.json())
    return c.json(await confirmedIfLive(c, caller, () => createSkill(caller, request)), 201)
  })
  .get('/skills/:environment/:id', viewer, async (c) => c.json(await managedSkill(keeperOf(c), c.req.param('id'))))
  .patch('/skills/:environment/:id', developer, jsonBody, async (c) => {
    const caller = keeperOf(c)
    const request = parse(remoteSkillUpdate, await c.req.json())
    return c.json(await confirmedIfLive(c, caller, () => updateSkill(caller, c.req.param('id'), request)))
  })
  .delete('/skills/:environment/:id', developer, async (c) => {
    const caller = keeperOf(c)
    await confirmedIfLive(c, caller, () => removeSkill(caller, c.req.param('id')))
    return c.body(null, 204)
  })
  .post('/skills/:environment/:id/rotate-secret', developer, async (c) => {
    const caller = keeperOf(c)
    return c.json(await confirmedIfLive(c, caller, () => rotateSkillSecret(caller, c.req.param('id'))))
  })
  .post('/skills/:environment/:id/request', developer, jsonBody, async (c) => {
    const { input } = parse(skillInput, await c.req.json())
    return c.json(await previewOf(keeperOf(c), c.req.param('id'), input))
  })
  // Of a live skill it costs what it costs everybody.
  .post('/skills/:environment/:id/try', developer, jsonBody, async (c) => {
    const caller = keeperOf(c)
    const { input } = parse(skillInput, await c.req.json())
    const once = c.req.header('idempotency-key')
    return written(c, await confirmedIfLive(c, caller, () => tryOut(caller, c.req.param('id'), input, once)))
  })
  .get('/skill-runs/:environment', viewer, async (c) =>
    c.json(await listManagedRuns(keeperOf(c), parse(skillRunQuery, c.req.query()))),
  )
  .get('/skill-runs/:environment/:id', viewer, async (c) =>
    written(c, await readManagedRun(keeperOf(c), c.req.param('id'))),
  )

/** The member in the environment that the path names. */
function keeperOf(c: Context<ConsoleEnv>): Caller {
  return callerOf(c.get('signedIn'), parse(environment, c.req.param('environment')))
}
