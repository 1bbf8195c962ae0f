import { Hono } from 'hono'
import { ownPasskeyRename, roleChange } from '#lib/contract/console.ts'
import { registerFinish } from '#lib/contract/passkeys.ts'
import { beginPasskey, finishPasskey } from '../../console/ceremonies.ts'
import { invite, withdraw } from '../../console/invitations.ts'
import {
  changeRole,
  listMembers,
  ownAccess,
  removeMember,
  removePasskey,
  renamePasskey,
} from '../../console/members.ts'
import { endSession } from '../../console/sessions.ts'
import { parse } from '../../problem.ts'
import { jsonBody } from '../json-body.ts'
import { type ConsoleEnv, confirmedHere, dropSession, owner, viewer } from './context.ts'

/** Who may come in, and with what. Whoever has only the cookie changes nothing of that: it takes a fresh assertion. */
export const members = new Hono<ConsoleEnv>()
  .get('/members', viewer, async (c) => c.json(await listMembers(c.get('signedIn'))))
  .delete('/members/:id', owner, async (c) => {
    const signedIn = c.get('signedIn')
    await confirmedHere(c, () => removeMember(signedIn, c.req.param('id')))
    return c.body(null, 204)
  })
  .patch('/members/:id', owner, jsonBody, async (c) => {
    const signedIn = c.get('signedIn')
    const { role } = parse(roleChange, await c.req.json())
    await confirmedHere(c, () => changeRole(signedIn, c.req.param('id'), role))
    return c.body(null, 204)
  })
  .post('/invitations', owner, jsonBody, async (c) => {
    const signedIn = c.get('signedIn')
    const request = await c.req.json()
    return c.json(await confirmedHere(c, () => invite(signedIn.tenant.id, signedIn.actor, request)), 201)
  })
  .delete('/invitations/:id', owner, async (c) => {
    const { tenant, actor } = c.get('signedIn')
    await withdraw(tenant.id, actor, c.req.param('id'))
    return c.body(null, 204)
  })
  .get('/me', viewer, async (c) => c.json(await ownAccess(c.get('signedIn'))))
  .patch('/passkeys/:id', viewer, jsonBody, async (c) => {
    const { name } = parse(ownPasskeyRename, await c.req.json())
    await renamePasskey(c.get('signedIn'), c.req.param('id'), name)
    return c.body(null, 204)
  })
  .post('/passkeys/begin', viewer, async (c) => {
    const signedIn = c.get('signedIn')
    return c.json(await confirmedHere(c, (by) => beginPasskey(signedIn, by)))
  })
  .post('/passkeys/finish', viewer, jsonBody, async (c) => {
    await finishPasskey(c.get('signedIn'), parse(registerFinish, await c.req.json()))
    return c.body(null, 204)
  })
  .delete('/passkeys/:id', viewer, async (c) => {
    const signedIn = c.get('signedIn')
    const removed = await confirmedHere(c, (by) => removePasskey(signedIn, c.req.param('id'), by))
    if (removed.signedOut) dropSession(c)
    return c.json(removed)
  })
  .delete('/sessions/:id', viewer, async (c) => {
    const signedIn = c.get('signedIn')
    await endSession(signedIn, c.req.param('id'))
    if (c.req.param('id') === signedIn.sessionId) dropSession(c)
    return c.body(null, 204)
  })
