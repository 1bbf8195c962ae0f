import type { KoaContextWithOIDC } from 'oidc-provider'
import { clock, isDue } from '../clock.ts'
import { seal, unseal } from '../tokens/sealed.ts'
import { graceMilliseconds, payloadOf, recordId } from './records.ts'
import * as store from './store.ts'

// A public client's refresh token is used once, and its successor goes on. An answer may get lost, and two tabs may ask at
// once; neither is a theft. So for ten seconds a used token is taken again: it passes every check of the library once more
// and leads to the same successor. After that it ends the grant, and with it everything that the grant gave.
//
// The library makes a successor for each request. It is kept in one commit with the mark on its predecessor, by whoever
// comes first; of the others it is dropped, and they are answered with what the first one got. This process keeps such
// answers in memory, encrypted, for those ten seconds. Another process, or this one after a restart, gives the same
// successor with an access token of its own: to keep whole answers on disk would make each refresh cost a tenth more
// (`npm run bench`).

interface Rotation {
  id: string
  successor?: store.StoredRecord
}

interface Answer {
  asked: string
  body: Record<string, unknown>
}

const rotations = new WeakMap<object, Rotation>()

// By the id of the token that was used, oldest first.
const answers = new Map<string, { sealed: string; at: number }>()
const answersAtMost = 250

/** Whether this request rotates its refresh token: a public client's does. */
export function rotates(ctx: KoaContextWithOIDC): boolean {
  const { RefreshToken: token, Client: client } = ctx.oidc.entities
  if (!token || client?.clientAuthMethod !== 'none') return false
  rotations.set(ctx.req, { id: recordId('RefreshToken', token.jti) })
  return true
}

/** Holds a rotation's successor back until the answer is ready; false where there is no rotation. */
export function holdSuccessor(ctx: KoaContextWithOIDC | undefined, successor: store.StoredRecord): boolean {
  const rotation = ctx && rotations.get(ctx.req)
  if (rotation) rotation.successor = successor
  return rotation !== undefined
}

/**
 * After the token endpoint: keeps a rotation's successor, or gives the answer of who came first. One who asked for something
 * else (another resource, fewer scopes) gets their own access token with the same successor.
 */
export async function settleRotation(ctx: KoaContextWithOIDC): Promise<void> {
  const { id, successor } = rotations.get(ctx.req) ?? {}
  if (!id || !successor || ctx.status !== 200) return
  const own: Answer = { asked: whatIsAsked(ctx), body: ctx.body as Answer['body'] }
  if (await store.rotate(id, successor)) return keep(id, own)
  const first = await store.findSuccessor(id)
  if (!first) {
    ctx.status = 400
    ctx.body = { error: 'invalid_grant', error_description: 'grant request is invalid' }
    return
  }
  const kept = recall(id)
  const same = kept?.asked === own.asked
  ctx.body = same ? kept.body : { ...own.body, refresh_token: payloadOf('RefreshToken', first).jti }
}

function keep(id: string, answer: Answer): void {
  const [oldest] = answers.keys()
  if (oldest && answers.size >= answersAtMost) answers.delete(oldest)
  answers.set(id, { sealed: seal(JSON.stringify(answer), purposeOf(id)), at: clock.now() })
}

function recall(id: string): Answer | undefined {
  const { sealed, at = 0 } = answers.get(id) ?? {}
  return sealed && !isDue(at, graceMilliseconds) ? JSON.parse(unseal(sealed, purposeOf(id))) : undefined
}

const purposeOf = (id: string) => `${id} answer`

/** What of a request decides what its access token is. */
function whatIsAsked({ oidc }: KoaContextWithOIDC): string {
  const { scope, resource } = oidc.params ?? {}
  return JSON.stringify([scope, resource, oidc.entities.AccessToken?.jkt])
}
