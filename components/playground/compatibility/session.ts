import type { Evidence } from './evidence.ts'
import type { Holder } from './steps.ts'
import type { Verdict } from './verdict.ts'

/** A passkey that the test made, with what signing in with it and removing it needs. */
export interface TestPasskey {
  holder: Holder
  username: string
  userId: string
  passkeyId: string
  credentialId: string
  rpId: string
  userHandle: string
  /** The user’s own token, once it has signed in. */
  token?: string
}

/** How far a test is. It is of one key, whose tenant has its passkeys. */
export interface CompatibilitySession {
  apiKey: string
  /** Begins the usernames: nobody else’s are like them. */
  prefix: string
  /** Every passkey that the server keeps of it, the newest last. */
  passkeys: readonly TestPasskey[]
  /** What registrations brought, in their order. */
  made: readonly Evidence[]
  verdicts: Readonly<Record<string, Verdict>>
}

/** By their keys: another key's tenant has none of the passkeys. */
const kept = new Map<string, CompatibilitySession>()

/** The test of a key, as far as it was done in this page; a new one where it was not begun. */
export function sessionOf(apiKey: string): CompatibilitySession {
  const session = kept.get(apiKey) ?? newSession(apiKey)
  keepSession(session)
  return session
}

export function newSession(apiKey: string): CompatibilitySession {
  const random = crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36) ?? ''
  return { apiKey, prefix: `compatibility-${random}`, passkeys: [], made: [], verdicts: {} }
}

/** Keeps a test while the page is open: its panel may be closed and opened again, and its key put back. */
export function keepSession(session: CompatibilitySession): void {
  kept.set(session.apiKey, session)
}

/** The newest passkey of a holder. */
export function passkeyOf({ passkeys }: Pick<CompatibilitySession, 'passkeys'>, holder: Holder) {
  return passkeys.findLast((each) => each.holder === holder)
}
