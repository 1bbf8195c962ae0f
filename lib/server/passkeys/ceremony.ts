import { randomBytes } from 'node:crypto'
import type { Check } from '#lib/webauthn/checks/check.ts'
import { type Caller, explainsTo, placeOf } from '../caller.ts'
import { clock, later } from '../clock.ts'
import { newId } from '../ids.ts'
import { Problem } from '../problem.ts'
import { type NewCeremony, removeExpiredCeremonies, type StoredCeremony, saveCeremony, takeCeremony } from './store.ts'

const lifeMilliseconds = 5 * 60_000
let sweptAt = 0

/** A fresh challenge: 32 random bytes, base64url. */
export function newChallenge(): string {
  return randomBytes(32).toString('base64url')
}

/** The user handle of a user: the bytes of the id, which is random and says nothing about the person. */
export function userHandleOf(userId: string): string {
  return Buffer.from(userId).toString('base64url')
}

/** Begins a ceremony: keeps what was asked for, for five minutes. */
export async function begin<PublicKey>(
  caller: Caller,
  about: Omit<NewCeremony, 'id' | 'tenantId' | 'environment' | 'options' | 'expiresAt'>,
  publicKey: PublicKey,
): Promise<{ ceremonyId: string; expiresAt: string; publicKey: PublicKey }> {
  if (clock.now() - sweptAt > 60_000) {
    sweptAt = clock.now()
    await removeExpiredCeremonies()
  }
  const ceremony = {
    ...about,
    ...placeOf(caller),
    id: newId('cer'),
    options: JSON.stringify(publicKey),
    expiresAt: later(lifeMilliseconds),
  }
  await saveCeremony(ceremony)
  return { ceremonyId: ceremony.id, expiresAt: ceremony.expiresAt.toISOString(), publicKey }
}

/**
 * Takes a ceremony that the caller's tenant and environment began. It leaves storage before anything is verified, so a
 * replay finds nothing, whatever became of the first try.
 *
 * @throws Problem ceremony_unknown
 */
export async function take(caller: Caller, id: string, kind: StoredCeremony['kind']): Promise<StoredCeremony> {
  const ceremony = await takeCeremony(id, placeOf(caller), kind)
  if (!ceremony) {
    throw new Problem(
      'ceremony_unknown',
      `No ${kind} of this id is waiting here: it was finished, it is older than five minutes, or it is another’s. Begin again.`,
    )
  }
  return ceremony
}

/**
 * The refusal of a credential. A live environment says only that; a test environment, and a key with `passkeys:debug`,
 * get every check.
 */
export function refusal(caller: Caller, kind: StoredCeremony['kind'], checks: Check[]): Problem {
  const status = kind === 'registration' ? 400 : 401
  if (!explainsTo(caller)) return new Problem('verification_failed', 'The credential was not accepted.', { status })
  const first = checks.find((check) => check.outcome === 'fail')
  const detail = first
    ? `${first.title}: expected ${first.expected}, got ${first.actual}.`
    : 'The credential was not accepted.'
  return new Problem('verification_failed', detail.slice(0, 500), { status, checks })
}

/** The checks that a caller may see. */
export function visibleChecks(caller: Caller, checks: Check[]): Check[] {
  return explainsTo(caller) ? checks : []
}
