import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { z } from 'zod'
import {
  skillExecute,
  skillExecuted,
  skillList,
  skillQuery,
  skillRun,
  skillRunList,
  skillRunQuery,
  skillView,
} from '#lib/contract/skills.ts'
import { executeSkill } from '../skills/execute.ts'
import { listSkills, readSkill } from '../skills/find-skill.ts'
import { listRuns, readRun } from '../skills/runs/runs.ts'
import { answers, json, refuseMalformed } from './answers.ts'
import { params } from './by-id.ts'
import type { ApiEnv } from './context.ts'
import { onceHeader } from './once.ts'
import { operation, problemAnswer } from './operation.ts'
import { written } from './written.ts'

const once = onceHeader(
  'The same one again, within 24 hours, gives the same run again, also one that failed; while it is under way, `idempotency_conflict` with `Retry-After`.',
)

const ofExecute =
  'In the test environment nothing is charged; in the live one the price, of runs that succeed alone. A client that goes away changes nothing: the run ends as it would have.'
const ofRuns = 'With a token that acts for a user: theirs alone.'

/** Skills: what there is, executions, and what came of them. */
export const skills = new OpenAPIHono<ApiEnv>({ defaultHook: refuseMalformed })
  .openapi(
    createRoute({
      ...operation('skills.list'),
      method: 'get',
      path: '/skills',
      summary: 'List the skills of this environment',
      request: { query: skillQuery },
      responses: {
        ...answers(200, 'Skills: those that are built in, then the tenant’s own', skillList),
        ...problemAnswer,
      },
    }),
    async (c) => c.json(await listSkills(c.get('caller'), c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      ...operation('skills.execute', { body: true, note: ofExecute }),
      method: 'post',
      path: '/skills/execute',
      summary: 'Execute a skill',
      request: { body: json(skillExecute), headers: once },
      responses: { ...answers(200, 'The run, with what came out', skillExecuted), ...problemAnswer },
    }),
    async (c) =>
      written<z.infer<typeof skillExecuted>>(
        c,
        await executeSkill(c.get('caller'), c.req.valid('json'), c.req.header('idempotency-key')),
      ),
  )
  .openapi(
    createRoute({
      ...operation('skills.runs.list', { note: ofRuns }),
      method: 'get',
      path: '/skills/runs',
      summary: 'List runs of skills',
      request: { query: skillRunQuery },
      responses: {
        ...answers(200, 'Runs of 30 days, newest first, without their output', skillRunList),
        ...problemAnswer,
      },
    }),
    async (c) => c.json(await listRuns(c.get('caller'), c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      ...operation('skills.runs.read', { note: ofRuns }),
      method: 'get',
      path: '/skills/runs/{id}',
      summary: 'Read a run',
      request: { params },
      responses: { ...answers(200, 'The run, with what came out for 24 hours', skillRun), ...problemAnswer },
    }),
    async (c) => written<z.infer<typeof skillRun>>(c, await readRun(c.get('caller'), c.req.valid('param').id)),
  )
  .openapi(
    createRoute({
      ...operation('skills.read'),
      method: 'get',
      path: '/skills/{id}',
      summary: 'Read a skill',
      request: { params },
      responses: {
        ...answers(200, 'The skill, with the schemas of what goes in and comes out', skillView),
        ...problemAnswer,
      },
    }),
    async (c) => c.json(await readSkill(c.get('caller'), c.req.valid('param').id), 200),
  )
