import { setTimeout as delay } from 'node:timers/promises'
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import { env } from '../env.ts'
import { refusal } from '../refusal.ts'

// How long a set is used without asking: a key leaves it only when the last token under it has expired, so no security rests on
// that; how often it may be asked for, and how long the issuer has to answer.
const fresh = 600_000
const cooldown = 1_000
const patience = 3_000

/** What is the matter with a token: it says nothing of whether the issuer can be reached. */
const ofTheToken = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported]

/** The issuer's keys: fetched when needed, seldom, and the last good set kept while the issuer is away. */
export interface IssuerKeys {
  getKey: JWTVerifyGetKey
  /** Fetches the set, if there is none yet. Whether there is one. */
  load(): Promise<boolean>
}

/**
 * The keys of an issuer, at its `/.well-known/jwks.json`.
 *
 * A key that is not in the set is looked for again, once a second at most, however many tokens name one: the issuer may have
 * rotated. While it cannot be reached, what it said last holds; a key that is in none of that is refused as `unavailable`,
 * since nobody knows.
 */
export function issuerKeys(issuer: string): IssuerKeys {
  const remote = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), {
    cacheMaxAge: fresh,
    cooldownDuration: cooldown,
    timeoutDuration: patience,
  })
  let failedAt = Number.NEGATIVE_INFINITY

  /** By the set that was fetched last, without asking. */
  async function byKept(...[header, token]: Parameters<JWTVerifyGetKey>) {
    const kept = remote.jwks()
    try {
      if (kept) return await createLocalJWKSet(kept)(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
    }
    throw refusal('unavailable', 'The issuer of the token cannot be asked for its keys now. Try again.', {
      retryAfter: 2,
    })
  }

  /** By the issuer, as it is now or was a while ago. */
  async function byIssuer(...[header, token]: Parameters<JWTVerifyGetKey>) {
    if (performance.now() - failedAt < cooldown) return byKept(header, token)
    try {
      return await remote(header, token)
    } catch (error) {
      if (ofTheToken.some((kind) => error instanceof kind)) throw error
      failedAt = performance.now()
      return byKept(header, token)
    }
  }

  async function getKey(...[header, token]: Parameters<JWTVerifyGetKey>) {
    try {
      return await byIssuer(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !remote.coolingDown) throw error
    }
    // It was asked a moment ago: a key that it has had since is found after a short wait.
    await delay(cooldown)
    return byIssuer(header, token)
  }

  async function load(): Promise<boolean> {
    if (!remote.jwks()) await remote.reload().catch(() => undefined)
    return remote.jwks() !== undefined
  }

  return { getKey, load }
}

let own: IssuerKeys | undefined

/** The keys of the issuer that this server trusts. */
export function trustedKeys(): IssuerKeys {
  own ??= issuerKeys(env().issuer)
  return own
}
