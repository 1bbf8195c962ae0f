import { type Context, Hono } from 'hono'
import { consoleKeysQuery } from '#lib/contract/console.ts'
import { clientUpdate, consoleClientCreate, signUpSetting } from '#lib/contract/oauth.ts'
import type { Caller } from '../../caller.ts'
import {
  allClients,
  createClient,
  deleteClient,
  placeOfClient,
  readClient,
  updateClient,
} from '../../clients/clients.ts'
import { addSecret, removeSecret } from '../../clients/secrets.ts'
import { notFound } from '../../clients/view.ts'
import { callerOf } from '../../console/sessions.ts'
import { parse } from '../../problem.ts'
import { readSignUp, updateSignUp } from '../../tenants/sign-up.ts'
import { jsonBody } from '../json-body.ts'
import { type ConsoleEnv, confirmedHere, confirmedIfLive, developer, owner, viewer } from './context.ts'

/** The tenant's OAuth clients, managed by a member, and whether people may make accounts. */
export const oauthClients = new Hono<ConsoleEnv>()
  .get('/oauth-clients', viewer, async (c) => {
    const { environment } = parse(consoleKeysQuery, c.req.query())
    return c.json({ data: await allClients(callerOf(c.get('signedIn'), environment)) })
  })
  .post('/oauth-clients', developer, jsonBody, async (c) => {
    const { environment, ...request } = parse(consoleClientCreate, await c.req.json())
    const caller = callerOf(c.get('signedIn'), environment)
    return c.json(await confirmedIfLive(c, caller, () => createClient(caller, request)), 201)
  })
  .get('/oauth-clients/:id', viewer, async (c) => c.json(await readClient(await keeperOf(c), c.req.param('id'))))
  .patch('/oauth-clients/:id', developer, jsonBody, async (c) => {
    const caller = await keeperOf(c)
    const request = parse(clientUpdate, await c.req.json())
    return c.json(await confirmedIfLive(c, caller, () => updateClient(caller, c.req.param('id'), request)))
  })
  .delete('/oauth-clients/:id', developer, async (c) => {
    const caller = await keeperOf(c)
    await confirmedIfLive(c, caller, () => deleteClient(caller, c.req.param('id')))
    return c.body(null, 204)
  })
  .post('/oauth-clients/:id/secrets', developer, async (c) => {
    const caller = await keeperOf(c)
    return c.json(await confirmedIfLive(c, caller, () => addSecret(caller, c.req.param('id'))), 201)
  })
  .delete('/oauth-clients/:id/secrets/:sid', developer, async (c) => {
    const caller = await keeperOf(c)
    await confirmedIfLive(c, caller, () => removeSecret(caller, c.req.param('id'), c.req.param('sid')))
    return c.body(null, 204)
  })
  .get('/sign-up', viewer, async (c) => c.json(await readSignUp(c.get('signedIn').tenant.id)))
  .patch('/sign-up', owner, jsonBody, async (c) => {
    const { tenant, actor } = c.get('signedIn')
    const request = parse(signUpSetting, await c.req.json())
    return c.json(await confirmedHere(c, () => updateSignUp(tenant.id, actor, request)))
  })

/** The member in the environment of the client that the path names; another tenant's client does not exist. */
async function keeperOf(c: Context<ConsoleEnv>): Promise<Caller> {
  const signedIn = c.get('signedIn')
  const { tenantId, environment } = await placeOfClient(c.req.param('id') ?? '')
  if (tenantId !== signedIn.tenant.id) throw notFound()
  return callerOf(signedIn, environment)
}
