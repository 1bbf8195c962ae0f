import { Hono } from 'hono'
import { consoleLogFigures, consoleLogQuery } from '#lib/contract/logs.ts'
import { callerOf } from '../../console/sessions.ts'
import { logFigures } from '../../logs/figures.ts'
import { findRequest, listLogs, whyNot } from '../../logs/logs.ts'
import { Problem, parse } from '../../problem.ts'
import { type ConsoleEnv, viewer } from './context.ts'

/** The requests of a tenant's environments. */
export const logs = new Hono<ConsoleEnv>()
  .get('/logs', viewer, async (c) => {
    const { environment, ...query } = parse(consoleLogQuery, c.req.query())
    return c.json(await listLogs(callerOf(c.get('signedIn'), environment), query))
  })
  .get('/logs/figures', viewer, async (c) => {
    const { environment, ...filter } = parse(consoleLogFigures, c.req.query())
    return c.json(await logFigures(callerOf(c.get('signedIn'), environment), filter))
  })
  .get('/logs/:requestId', viewer, async (c) => {
    const signedIn = c.get('signedIn')
    const callers = [callerOf(signedIn, 'test'), callerOf(signedIn, 'live')]
    const found = await findRequest(callers, c.req.param('requestId'))
    if (!found) throw new Problem('not_found', whyNot(c.req.param('requestId')))
    return c.json(found)
  })
