import { type Context, Hono } from 'hono'
import { consoleUsersQuery, timelineQuery } from '#lib/contract/console-users.ts'
import { passkeyRename } from '#lib/contract/passkeys.ts'
import { auditOfUser } from '../../audit/audit.ts'
import { type Caller, placeOf } from '../../caller.ts'
import { callerOf } from '../../console/sessions.ts'
import { renameOf } from '../../passkeys/manage.ts'
import { placeOfUser } from '../../passkeys/user.ts'
import { endPersonsSessions, revokePersonsApp } from '../../people/change-person.ts'
import { deletePerson, deletePersonsPasskey } from '../../people/delete-person.ts'
import { listPeople, readPerson } from '../../people/people.ts'
import { Problem, parse } from '../../problem.ts'
import { jsonBody } from '../json-body.ts'
import { type ConsoleEnv, confirmedIfLive, developer, viewer } from './context.ts'

/** The tenant's users: found, looked at and sent away by a member. */
export const users = new Hono<ConsoleEnv>()
  .get('/users', viewer, async (c) => {
    const { environment, ...query } = parse(consoleUsersQuery, c.req.query())
    return c.json(await listPeople(callerOf(c.get('signedIn'), environment), { environment, ...query }))
  })
  .get('/users/:id', viewer, async (c) => c.json(await readPerson(await keeperOf(c), c.req.param('id'))))
  .get('/users/:id/timeline', viewer, async (c) => {
    const { limit, cursor } = parse(timelineQuery, c.req.query())
    const { tenantId, environment } = placeOf(await keeperOf(c))
    return c.json(await auditOfUser(tenantId, environment, c.req.param('id'), cursor, limit))
  })
  .delete('/users/:id', developer, async (c) => {
    const caller = await keeperOf(c)
    await confirmedIfLive(c, caller, () => deletePerson(caller, c.req.param('id')))
    return c.body(null, 204)
  })
  .delete('/users/:id/sessions', developer, async (c) => {
    const caller = await keeperOf(c)
    await confirmedIfLive(c, caller, () => endPersonsSessions(caller, c.req.param('id')))
    return c.body(null, 204)
  })
  .delete('/users/:id/sessions/:session', developer, async (c) => {
    const caller = await keeperOf(c)
    const { id, session } = c.req.param()
    await confirmedIfLive(c, caller, () => endPersonsSessions(caller, id, session))
    return c.body(null, 204)
  })
  .delete('/users/:id/apps/:client', developer, async (c) => {
    const caller = await keeperOf(c)
    const { id, client } = c.req.param()
    await confirmedIfLive(c, caller, () => revokePersonsApp(caller, id, client))
    return c.body(null, 204)
  })
  .patch('/users/:id/passkeys/:passkey', developer, jsonBody, async (c) => {
    const caller = await keeperOf(c)
    const { id, passkey } = c.req.param()
    const { name } = parse(passkeyRename, await c.req.json())
    return c.json(await confirmedIfLive(c, caller, () => renameOf(caller, passkey, name, id)))
  })
  .delete('/users/:id/passkeys/:passkey', developer, async (c) => {
    const caller = await keeperOf(c)
    const { id, passkey } = c.req.param()
    await confirmedIfLive(c, caller, () => deletePersonsPasskey(caller, id, passkey))
    return c.body(null, 204)
  })

/** The member in the environment of the user that the path names; another tenant's user does not exist. */
async function keeperOf(c: Context<ConsoleEnv>): Promise<Caller> {
  const signedIn = c.get('signedIn')
  const place = await placeOfUser(c.req.param('id') ?? '')
  if (place?.tenantId !== signedIn.tenant.id) throw new Problem('not_found', 'No such user.')
  return callerOf(signedIn, place.environment)
}
