import type { KoaContextWithOIDC } from 'oidc-provider'
import { payloadOf, recordId } from './records.ts'
import * as store from './store.ts'

// A public client's refresh token is used once, and its successor goes on. An answer may get lost, and two tabs may ask at
// once; neither is a theft. So for ten seconds a used token is taken again: it passes every check of the library once more
// and leads to the same successor. After that it ends the grant, and with it everything that the grant gave.
//
// The library makes a successor for each request. It is kept in one commit with the mark on its predecessor, by whoever
// comes first; of the others it is dropped, and they are answered with the first one's: a token is kept encrypted with its
// record. Keeping whole answers, too, would make each refresh cost a tenth more (`npm run bench`), and give back no more
// than an access token that can as well be another.

interface Rotation {
  id: string
  successor?: store.StoredRecord
}

const rotations = new WeakMap<object, Rotation>()

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

/** After the token endpoint: keeps a rotation's successor, or answers with the one that is kept already. */
export async function settleRotation(ctx: KoaContextWithOIDC): Promise<void> {
  const { id, successor } = rotations.get(ctx.req) ?? {}
  if (!id || !successor || ctx.status !== 200 || (await store.rotate(id, successor))) return
  const first = await store.findSuccessor(id)
  if (first) ctx.body = { ...(ctx.body as object), refresh_token: payloadOf('RefreshToken', first).jti }
  else {
    ctx.status = 400
    ctx.body = { error: 'invalid_grant', error_description: 'grant request is invalid' }
  }
}
