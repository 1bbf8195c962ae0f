import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startIssuer } from '../../setup/issuer.ts'
import { mpcUser, refusalOf } from '../../setup/mpc-user.ts'
import { freePort } from '../../setup/serve.ts'
import { app } from './app.ts'
import { clock } from './clock.ts'
import { closeDatabase } from './db/database.ts'
import { type Listening, listen } from './listen.ts'
import { removeExpired } from './sessions/sessions.ts'

// The server in this process, so that its clock can be turned.

const issuer = await startIssuer()
Object.assign(process.env, { MPC_ISSUER: issuer.url })
const port = await freePort()
let listening: Listening
beforeAll(async () => {
  listening = await listen({ port }, app())
})
afterAll(async () => {
  await listening.drain(0)
  await closeDatabase()
  await issuer.stop()
})

const { now } = clock
/** So many milliseconds later than it is. */
const turn = (milliseconds: number) => {
  clock.now = () => now() + milliseconds
}
const minutes = 60_000
const tomorrow = () => Math.floor(now() / 1000) + 86_400
const user = () => mpcUser(issuer, `http://localhost:${port}`, { sub: `usr_${randomUUID()}`, exp: tomorrow() })
const message = new TextEncoder().encode('Pay 12.50 USDC to Globex')
const over = { code: 'NotFound', reason: 'session_unknown' }

test('a session ends after ten minutes: its second call is NOT_FOUND then, and its first again too; before that it is answered', async () => {
  turn(0)
  const { makeKey, beginKey, keygen, beginSignature, shareOf, sign, keys, headers } = await user()
  const made = await makeKey()
  const [inTime, late] = [await beginSignature(made, message), await beginSignature(made, message)]
  const key = await beginKey()
  const shares = [shareOf(late)]
  turn(10 * minutes - 10_000)
  expect((await sign.finish({ shares: [shareOf(inTime)] }, headers(inTime.session))).server?.party).toBe('server')
  turn(10 * minutes)
  expect(await refusalOf(sign.finish({ shares }, headers(late.session)))).toMatchObject(over)
  expect(await refusalOf(sign.begin(late.request, headers(late.session)))).toMatchObject(over)
  expect(await refusalOf(keygen.finish(key.finish, headers(key.session)))).toMatchObject(over)
  // Once it is forgotten, too.
  await removeExpired()
  expect(await refusalOf(sign.finish({ shares }, headers(late.session)))).toMatchObject(over)
  expect((await keys.list({}, headers())).keys).toMatchObject([{ id: made.id, signatures: 1n }])
})
