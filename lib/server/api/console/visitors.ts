import { Hono } from 'hono'
import { confirmBegin, joinAccept, joinBegin, joinRead, tenantEnter } from '#lib/contract/console.ts'
import { authenticateFinish, registerFinish } from '#lib/contract/passkeys.ts'
import {
  beginConfirmation,
  beginJoin,
  beginSignIn,
  finishConfirmation,
  finishJoin,
  finishSignIn,
} from '../../console/ceremonies.ts'
import { readInvitation } from '../../console/invitations.ts'
import { enterTenant, joinToo, ownTenants } from '../../console/memberships/memberships.ts'
import { endSession, sessionViewOf } from '../../console/sessions.ts'
import { parse } from '../../problem.ts'
import { jsonBody } from '../json-body.ts'
import { type ConsoleEnv, confirmedHere, dropSession, keepSession, throttled, viewer, visitorOf } from './context.ts'

const joinFinish = registerFinish.extend(joinRead.shape)

/** The way in and out: invitations, sign-in, confirmation. */
export const visitors = new Hono<ConsoleEnv>()
  .post('/join/read', throttled, jsonBody, async (c) =>
    c.json(await readInvitation(parse(joinRead, await c.req.json()).token)),
  )
  .post('/join/begin', throttled, jsonBody, async (c) => {
    const { token, name } = parse(joinBegin, await c.req.json())
    return c.json(await beginJoin(token, name))
  })
  .post('/join/finish', throttled, jsonBody, async (c) => {
    const { token, ...finish } = parse(joinFinish, await c.req.json())
    return c.json(keepSession(c, await finishJoin(token, finish, visitorOf(c))), 201)
  })
  .post('/sign-in/begin', throttled, async (c) => c.json(await beginSignIn()))
  .post('/sign-in/finish', throttled, jsonBody, async (c) => {
    const finish = parse(authenticateFinish, await c.req.json())
    return c.json(keepSession(c, await finishSignIn(finish, visitorOf(c))))
  })
  // Who is signed in joins with the passkeys that they have.
  .post('/join/accept', viewer, jsonBody, async (c) => {
    const { token, name } = parse(joinAccept, await c.req.json())
    const signedIn = c.get('signedIn')
    return c.json(await confirmedHere(c, () => joinToo(signedIn, token, name)), 201)
  })
  .get('/session', viewer, (c) => c.json(sessionViewOf(c.get('signedIn'))))
  .get('/tenants', viewer, async (c) => c.json(await ownTenants(c.get('signedIn'))))
  .post('/session/tenant', viewer, jsonBody, async (c) => {
    const { tenantId } = parse(tenantEnter, await c.req.json())
    return c.json(await enterTenant(c.get('signedIn'), tenantId))
  })
  .post('/sign-out', viewer, async (c) => {
    const signedIn = c.get('signedIn')
    await endSession(signedIn, signedIn.sessionId)
    dropSession(c)
    return c.body(null, 204)
  })
  .post('/confirm/begin', viewer, jsonBody, async (c) => {
    const { change, body } = parse(confirmBegin, await c.req.json())
    return c.json(await beginConfirmation(c.get('signedIn'), change, body))
  })
  .post('/confirm/finish', viewer, jsonBody, async (c) => {
    await finishConfirmation(c.get('signedIn'), parse(authenticateFinish, await c.req.json()))
    return c.body(null, 204)
  })
