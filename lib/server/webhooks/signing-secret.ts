import { randomBytes } from 'node:crypto'
import { clock, later } from '../clock.ts'
import { seal, unseal } from '../tokens/sealed.ts'
import { secretPrefix } from './sign.ts'

/** For so long after a rotation the secret before signs, too. */
const overlapMilliseconds = 24 * 3_600_000

/** What is kept of a secret that signs what is sent, and of the one before. */
export interface KeptSecret {
  secret: string
  previousSecret: string | null
  previousUntil: Date | null
}

/** A secret that signs what is sent, sealed for a purpose: its text, which is shown once, and what is kept of it. */
export function newSigningSecret(purpose: string) {
  const text = `${secretPrefix}${randomBytes(32).toString('base64')}`
  // The last four characters before the padding.
  const secretHint = `${secretPrefix}…${text.slice(-5, -1)}`
  return { text, kept: { secret: seal(text, purpose), secretHint } }
}

/** What becomes of a secret when there is a new one: it signs, too, for a day. */
export function replaced({ secret }: Pick<KeptSecret, 'secret'>) {
  return { previousSecret: secret, previousUntil: later(overlapMilliseconds) }
}

/** The secrets that sign now: the one that is kept, and for a day after a rotation the one before. */
export function signingSecrets({ secret, previousSecret, previousUntil }: KeptSecret, purpose: string): string[] {
  const previous = previousUntil && previousUntil.getTime() > clock.now() ? previousSecret : null
  return [secret, ...(previous ? [previous] : [])].map((sealed) => unseal(sealed, purpose))
}
