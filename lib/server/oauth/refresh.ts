import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { clock } from '../clock.ts'
import { seal, unseal } from '../tokens/sealed.ts'
import { recordId } from './adapter.ts'
import * as store from './store.ts'

// A public client's refresh token is used once, and its successor goes on. An answer may get lost, and two tabs may ask at
// once; neither is a theft. For ten seconds the used token is taken again: it passes every check of the library once more
// and leads to the same successor. After that it ends the grant, and with it everything that the grant gave.

/** How long a used refresh token leads to its successor. */
export const graceMilliseconds = 10_000

// A process that took the rotation and brings no answer in this time has died.
const lostMilliseconds = 2_000
const pollMilliseconds = 20

interface Rotation {
  id: string
  taken: boolean
}

const rotations = new WeakMap<object, Rotation>()

/** Whether this request rotates its refresh token: a public client's first one with that token does. */
export async function rotates(ctx: KoaContextWithOIDC): Promise<boolean> {
  const { RefreshToken: token, Client: client } = ctx.oidc.entities
  if (!token || client?.clientAuthMethod !== 'none') return false
  const id = recordId('RefreshToken', token.jti)
  const taken = await store.takeRotation(id, new Date(clock.now() - lostMilliseconds))
  rotations.set(ctx.req, { id, taken })
  return taken
}

/**
 * After the token endpoint: keeps the answer of a rotation, and gives it to whoever came with the same token meanwhile.
 * One who asked for something else (another resource, fewer scopes) keeps their access token, with the same successor.
 */
export async function shareAnswer(ctx: KoaContextWithOIDC): Promise<void> {
  const rotation = rotations.get(ctx.req)
  if (!rotation || ctx.status !== 200) return
  const { id, taken } = rotation
  const asked = fingerprintOf(ctx)
  if (taken) return store.saveAnswer(id, seal(JSON.stringify({ asked, body: ctx.body }), `${id} answer`))
  const answer = await answerOf(id)
  if (!answer) {
    ctx.status = 503
    ctx.set('Retry-After', '2')
    const { error, error_description } = new errors.TemporarilyUnavailable('the refresh is under way elsewhere')
    ctx.body = { error, error_description }
    return
  }
  const { refresh_token, ...rest } = answer.body
  ctx.body = answer.asked === asked ? answer.body : { ...(ctx.body as typeof rest), refresh_token }
}

async function answerOf(id: string): Promise<{ asked: string; body: Record<string, unknown> } | undefined> {
  const deadline = performance.now() + lostMilliseconds
  for (;;) {
    const sealed = await store.findAnswer(id)
    if (sealed) return JSON.parse(unseal(sealed, `${id} answer`))
    if (performance.now() > deadline) return undefined
    await wait(pollMilliseconds)
  }
}

/** What of a request decides what its access token is. */
function fingerprintOf({ oidc }: KoaContextWithOIDC): string {
  const { scope, resource } = oidc.params ?? {}
  const { AccessToken } = oidc.entities
  const asked = [scope, resource, AccessToken?.isSenderConstrained() ? AccessToken.jkt : null]
  return createHash('sha256').update(JSON.stringify(asked)).digest('base64url')
}
