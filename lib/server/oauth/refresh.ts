import { createHash } from 'node:crypto'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { clock } from '../clock.ts'
import { seal, unseal } from '../tokens/sealed.ts'
import { graceMilliseconds, recordId } from './records.ts'
import * as store from './store.ts'

// A public client's refresh token is used once, and its successor goes on. An answer may get lost, and two tabs may ask at
// once; neither is a theft. So for ten seconds a used token is taken again: it passes every check of the library once more
// and leads to the same successor. After that it ends the grant, and with it everything that the grant gave.
//
// The library makes a successor for each request. It is kept in one commit with the answer and the mark on its predecessor,
// by whoever comes first; of the others it is dropped, and they are answered with what the first one got.

interface Rotation {
  id: string
  successor?: store.StoredRecord
}

interface Answer {
  asked: string
  body: Record<string, unknown>
}

const rotations = new WeakMap<object, Rotation>()
// Refresh tokens whose answers are kept by this process, oldest first.
const shared = globalThis as { playgroundOAuthAnswers?: { id: string; at: number }[] }

/** Whether this request rotates its refresh token: a public client's does. */
export function rotates(ctx: KoaContextWithOIDC): boolean {
  const { RefreshToken: token, Client: client } = ctx.oidc.entities
  if (!token || client?.clientAuthMethod !== 'none') return false
  rotations.set(ctx.req, { id: recordId('RefreshToken', token.jti) })
  return true
}

/** Holds a rotation's successor back until its answer is ready; false where there is no rotation. */
export function holdSuccessor(ctx: KoaContextWithOIDC | undefined, successor: store.StoredRecord): boolean {
  const rotation = ctx && rotations.get(ctx.req)
  if (rotation) rotation.successor = successor
  return rotation !== undefined
}

/**
 * After the token endpoint: keeps a rotation's successor and answer, or gives the answer of who came first. One who asked
 * for something else (another resource, fewer scopes) gets their access token with the same successor.
 */
export async function settleRotation(ctx: KoaContextWithOIDC): Promise<void> {
  const { id, successor } = rotations.get(ctx.req) ?? {}
  if (!id || !successor || ctx.status !== 200) return
  const answer: Answer = { asked: fingerprintOf(ctx), body: ctx.body as Answer['body'] }
  const purpose = `${id} answer`
  if (await store.rotate(id, successor, seal(JSON.stringify(answer), purpose))) {
    shared.playgroundOAuthAnswers?.push({ id: successor.id, at: clock.now() })
    return
  }
  const kept = await store.findAnswer(id)
  if (!kept) {
    ctx.status = 400
    ctx.body = { error: 'invalid_grant', error_description: 'grant request is invalid' }
    return
  }
  const first = JSON.parse(unseal(kept, purpose)) as Answer
  ctx.body = first.asked === answer.asked ? first.body : { ...answer.body, refresh_token: first.body.refresh_token }
}

/** Deletes the answers that nobody may ask for any more: those of this process, and once what earlier ones left. */
export async function forgetOldAnswers(): Promise<void> {
  const before = clock.now() - graceMilliseconds
  if (!shared.playgroundOAuthAnswers) {
    shared.playgroundOAuthAnswers = []
    return store.forgetAnswersBefore(new Date(before))
  }
  const kept = shared.playgroundOAuthAnswers
  const old = kept.splice(0, kept.findLastIndex(({ at }) => at <= before) + 1)
  if (old.length > 0) await store.forgetAnswers(old.map(({ id }) => id))
}

/** What of a request decides what its access token is. */
function fingerprintOf({ oidc }: KoaContextWithOIDC): string {
  const { scope, resource } = oidc.params ?? {}
  const asked = [scope, resource, oidc.entities.AccessToken?.jkt]
  return createHash('sha256').update(JSON.stringify(asked)).digest('base64url')
}
