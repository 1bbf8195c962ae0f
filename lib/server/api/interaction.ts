import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import { optional } from '#lib/contract/optional.ts'
import { authenticateFinish, passkeyRename, registerFinish } from '#lib/contract/passkeys.ts'
import { username } from '#lib/contract/username.ts'
import { endSession, revokeGrant } from '../oauth/account.ts'
import {
  beginConfirmation,
  beginPasskey,
  deletePasskey,
  finishPasskey,
  renamePasskey,
} from '../oauth/account-passkeys.ts'
import { beginAccountSignIn, finishAccountSignIn, signOut } from '../oauth/account-sign-in.ts'
import { type Cookies, cookieNames, secure } from '../oauth/cookies.ts'
import { allow, deny, switchAccount } from '../oauth/interactions.ts'
import { beginSignIn, beginSignUp, finishSignIn, finishSignUp } from '../oauth/sign-in.ts'
import { parse } from '../problem.ts'
import type { ApiEnv } from './context.ts'
import { jsonBody } from './json-body.ts'
import { fromOf, fromOwnPages, throttled } from './own-pages.ts'

// What the pages of a sign-in ask of the server. No part of the public API: it takes the browser's cookies, and follows the
// pages as they change.

const beginning = z.strictObject({ username: optional(username, 'text') })
const naming = z.strictObject({ username })
const allowing = z.strictObject({ leftOut: z.array(z.string().max(64)).max(32).default([]) })

const confirming = z.strictObject({
  for: z.union([z.literal('add'), z.strictObject({ delete: z.string().max(64) })]),
})

const uidOf = (c: Context) => c.req.param('uid') ?? ''

function cookiesOf(c: Context): Cookies {
  return {
    get: (name) => {
      const value = getCookie(c, name)
      return value === undefined ? undefined : { value }
    },
  }
}

/** Sign-in and consent, one step of an authorization. */
export const interaction = new Hono<ApiEnv>()
  .use('/interaction/:uid/api/*', fromOwnPages, throttled)
  .post('/interaction/:uid/api/sign-in/begin', jsonBody, async (c) => {
    const { username } = parse(beginning, await c.req.json())
    return c.json(await beginSignIn(uidOf(c), cookiesOf(c), username))
  })
  .post('/interaction/:uid/api/sign-in/finish', jsonBody, async (c) =>
    c.json(await finishSignIn(uidOf(c), cookiesOf(c), parse(authenticateFinish, await c.req.json()), fromOf(c))),
  )
  .post('/interaction/:uid/api/sign-up/begin', jsonBody, async (c) => {
    const { username } = parse(naming, await c.req.json())
    return c.json(await beginSignUp(uidOf(c), cookiesOf(c), username, fromOf(c)))
  })
  .post('/interaction/:uid/api/sign-up/finish', jsonBody, async (c) => {
    const finish = parse(registerFinish, await c.req.json())
    return c.json(await finishSignUp(uidOf(c), cookiesOf(c), finish, fromOf(c)))
  })
  .post('/interaction/:uid/api/allow', jsonBody, async (c) => {
    const { leftOut } = parse(allowing, await c.req.json())
    return c.json(await allow(uidOf(c), cookiesOf(c), fromOf(c), leftOut))
  })
  .post('/interaction/:uid/api/deny', async (c) => c.json(await deny(uidOf(c), cookiesOf(c), fromOf(c))))
  .post('/interaction/:uid/api/switch', async (c) => c.json(await switchAccount(uidOf(c), cookiesOf(c))))

/** What a user let apps do. */
export const account = new Hono<ApiEnv>()
  .use('/account/api/*', fromOwnPages, throttled)
  .post('/account/api/sign-in/begin', async (c) => c.json(await beginAccountSignIn()))
  .post('/account/api/sign-in/finish', jsonBody, async (c) => {
    const finish = parse(authenticateFinish, await c.req.json())
    const { cookies, maxAge } = await finishAccountSignIn(cookiesOf(c), finish, fromOf(c))
    for (const [name, value] of cookies) setCookie(c, name, value, { ...sessionCookie(), maxAge })
    return c.body(null, 204)
  })
  .post('/account/api/confirm', jsonBody, async (c) => {
    return c.json(await beginConfirmation(cookiesOf(c), parse(confirming, await c.req.json()).for, fromOf(c)))
  })
  .post('/account/api/passkeys/begin', jsonBody, async (c) => {
    const confirmation = parse(authenticateFinish, await c.req.json())
    return c.json(await beginPasskey(cookiesOf(c), confirmation, fromOf(c)))
  })
  .post('/account/api/passkeys/finish', jsonBody, async (c) => {
    await finishPasskey(cookiesOf(c), parse(registerFinish, await c.req.json()), fromOf(c))
    return c.body(null, 204)
  })
  .patch('/account/api/passkeys/:id', jsonBody, async (c) => {
    const { name } = parse(passkeyRename, await c.req.json())
    await renamePasskey(cookiesOf(c), c.req.param('id'), name, fromOf(c))
    return c.body(null, 204)
  })
  .post('/account/api/passkeys/:id/delete', jsonBody, async (c) => {
    const confirmation = parse(authenticateFinish, await c.req.json())
    await deletePasskey(cookiesOf(c), c.req.param('id'), confirmation, fromOf(c))
    return c.body(null, 204)
  })
  .delete('/account/api/sessions/:id', async (c) => {
    await endSession(cookiesOf(c), c.req.param('id'), fromOf(c))
    return c.body(null, 204)
  })
  .delete('/account/api/grants/:clientId', async (c) => {
    await revokeGrant(cookiesOf(c), c.req.param('clientId'), fromOf(c))
    return c.body(null, 204)
  })
  .post('/account/api/sign-out', async (c) => {
    await signOut(cookiesOf(c))
    const { session } = cookieNames()
    for (const name of [session, `${session}.sig`]) deleteCookie(c, name, sessionCookie())
    return c.body(null, 204)
  })

function sessionCookie() {
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure: secure() } as const
}
