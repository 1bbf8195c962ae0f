import { type Context, Hono } from 'hono'
import { mpcKeyPlace, mpcKeysQuery } from '#lib/contract/mpc-keys.ts'
import type { Caller } from '../../caller.ts'
import { callerOf } from '../../console/sessions.ts'
import { freezeMpcKey, listMpcKeys, readMpcKey, unfreezeMpcKey } from '../../mpc/tenant-keys.ts'
import { parse } from '../../problem.ts'
import { jsonBody } from '../json-body.ts'
import { type ConsoleEnv, confirmedHere, developer, viewer } from './context.ts'

/** The keys of the tenant's users at the MPC server: shown to members, and frozen by them. */
export const mpcKeys = new Hono<ConsoleEnv>()
  .get('/mpc-keys', viewer, async (c) => {
    const query = parse(mpcKeysQuery, c.req.query())
    return c.json(await listMpcKeys(callerOf(c.get('signedIn'), query.environment), query))
  })
  .get('/mpc-keys/:id', viewer, async (c) => c.json(await readMpcKey(keeperOf(c, c.req.query()), c.req.param('id'))))
  .post('/mpc-keys/:id/freeze', developer, jsonBody, async (c) =>
    c.json(await freezeMpcKey(keeperOf(c, await c.req.json()), c.req.param('id'))),
  )
  // What was stopped goes on: in both environments it is a person's decision.
  .post('/mpc-keys/:id/unfreeze', developer, jsonBody, async (c) => {
    const caller = keeperOf(c, await c.req.json())
    return c.json(await confirmedHere(c, () => unfreezeMpcKey(caller, c.req.param('id'))))
  })

/** The member in the environment that they name; that a key is of it, the MPC server knows. */
function keeperOf(c: Context<ConsoleEnv>, named: unknown): Caller {
  return callerOf(c.get('signedIn'), parse(mpcKeyPlace, named).environment)
}
