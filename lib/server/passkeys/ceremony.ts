import { randomBytes } from 'node:crypto'
import type { CeremonyKind } from '#lib/webauthn/options.ts'
import { type Caller, type Place, placeOf } from '../caller.ts'
import { clock, isDue, later } from '../clock.ts'
import { newId } from '../ids.ts'
import { oneAtATime } from '../leases/one-at-a-time.ts'
import { Problem } from '../problem.ts'
import { writesToCount } from '../usage/count.ts'
import * as store from './ceremonies/store.ts'

const lifeMilliseconds = 5 * 60_000
let sweptAt = 0

const unsaid = {
  username: null,
  displayName: null,
  further: false,
  allowedBy: null,
  purpose: null,
  mediation: null,
  action: null,
  salt: null,
}

/** What a ceremony is for, and whose. */
export type About = Pick<store.NewCeremony, 'kind' | 'userId'> & Partial<Pick<store.NewCeremony, keyof typeof unsaid>>

/** A fresh challenge: 32 random bytes, base64url. */
export function newChallenge(): string {
  return randomBytes(32).toString('base64url')
}

/** The user handle of a user: the bytes of the id, which is random and says nothing about the person. */
export function userHandleOf(userId: string): string {
  return Buffer.from(userId).toString('base64url')
}

/** The user handle that a passkey tells: the one that was chosen for it, else its user's. */
export function userHandleIn({ userId, userHandle }: { userId: string; userHandle: string | null }): string {
  return userHandle ?? userHandleOf(userId)
}

/** Begins a ceremony: keeps what was asked for, for five minutes. */
export async function begin<PublicKey>(
  caller: Caller,
  about: About,
  publicKey: PublicKey,
): Promise<{ ceremonyId: string; expiresAt: string; publicKey: PublicKey }> {
  if (isDue(sweptAt, 60_000)) {
    sweptAt = clock.now()
    await oneAtATime('ceremonies', store.removeExpired)
  }
  const ceremony = {
    ...unsaid,
    ...about,
    ...placeOf(caller),
    id: newId('cer'),
    options: JSON.stringify(publicKey),
    expiresAt: later(lifeMilliseconds),
  }
  await store.save(ceremony, () => writesToCount(caller))
  return { ceremonyId: ceremony.id, expiresAt: ceremony.expiresAt.toISOString(), publicKey }
}

/**
 * A ceremony that the caller's tenant and environment began, and that waits. It is still there: whoever finds out what comes
 * of it takes it before anybody is told (`take`, `touchPasskey`).
 *
 * @throws Problem ceremony_unknown
 */
export async function find(caller: Caller, id: string, kind: CeremonyKind): Promise<store.StoredCeremony> {
  const ceremony = await store.find(id, placeOf(caller), kind)
  if (!ceremony) throw unknownCeremony(kind)
  return ceremony
}

/**
 * Takes a ceremony out of storage, so that a replay finds nothing, whatever becomes of this try. Of many that found it, one
 * takes it.
 *
 * @throws Problem ceremony_unknown
 */
export async function take(ceremony: store.StoredCeremony): Promise<void> {
  if (!(await store.take(ceremony))) throw unknownCeremony(ceremony.kind)
}

/** The refusal of a ceremony that is not there, or not there for what it is wanted for. */
export function unknownCeremony(kind: CeremonyKind): Problem {
  return new Problem(
    'ceremony_unknown',
    `No ${kind} of this id is waiting here: it was finished, it is older than five minutes, or it is another’s. Begin again.`,
  )
}

/** Moves a ceremony that was begun before it was known whose it is. */
export function moveTo(place: Place, id: string, from: Place): Promise<void> {
  return store.move(id, from, place)
}
