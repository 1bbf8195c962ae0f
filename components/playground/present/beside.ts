import { ApiError } from '#lib/sdk/api-error.ts'
import { Client } from '#lib/sdk/client.ts'
import { explained } from '../failure/explained.ts'
import type { Failure } from '../run.ts'
import { tokenParts } from '../token/token-parts.ts'

/** A claim of two tokens of one username. */
export interface BesideRow {
  claim: string
  values: readonly [string, string]
  differs: boolean
}

const claims = ['preferred_username', 'providerTenantName', 'providerTenantId', 'sub', 'environment', 'iss'] as const

/** What two tokens say of whose they are, claim by claim. */
export function besideRows(tokens: readonly [string, string]): BesideRow[] {
  const [one, other] = tokens.map((token) => tokenParts(token).payload)
  return claims.map((claim) => {
    const values = [one, other].map((payload) => textOf(payload?.[claim])) as [string, string]
    return { claim, values, differs: values[0] !== values[1] }
  })
}

function textOf(value: unknown): string {
  return value === undefined ? 'none' : String(value)
}

/**
 * Signs a username in at the tenant of another key. The first time it has no passkey there: one is made before.
 *
 * @param held whether the page knows of a passkey of the user there
 * @param signal ends it, also while the browser asks
 * @returns the token, or why there is none in words
 */
export async function tokenBeside(
  apiKey: string,
  username: string,
  held: boolean,
  signal: AbortSignal,
): Promise<{ token: string } | { failure: Failure; held: boolean }> {
  const { passkeys } = new Client({ apiKey, maxRetries: 0 })
  let has = held
  let kind: 'registration' | 'authentication' = 'registration'
  try {
    if (!has) {
      await passkeys
        .register({ username, options: { authenticatorSelection: { residentKey: 'preferred' } } }, { signal })
        .catch((error: unknown) => {
          // Made some other time: it is there to sign in with.
          if (!(error instanceof ApiError && error.code === 'user_exists')) throw error
        })
      has = true
    }
    kind = 'authentication'
    const { token } = await passkeys.signIn({ username }, { signal })
    return { token }
  } catch (error) {
    const failure = await explained(error, { kind, username, otherTenants: [], origin: location.origin })
    return { failure, held: has && failure.code !== 'user_unknown' }
  }
}
