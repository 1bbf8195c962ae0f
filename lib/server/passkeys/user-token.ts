import type { Caller } from '../caller.ts'
import { Problem } from '../problem.ts'
import { type TokenUser, verify } from '../tokens/tokens.ts'
import { hasPasskey } from './store.ts'

/**
 * The user whose own token stands beside the key. It speaks for them no longer than the passkey that it came from is
 * there.
 *
 * @throws Problem token_invalid
 */
export async function userOfToken(caller: Caller, token: string): Promise<TokenUser> {
  const user = await verify(caller, token)
  if (await hasPasskey(user.passkeyId)) return user
  throw passkeyGone('token in X-User-Token')
}

/** The refusal of what came from a passkey that was deleted since. */
export function passkeyGone(what: string): Problem {
  return new Problem(
    'token_invalid',
    `The passkey that the ${what} came from was deleted. Authenticate again, with another one.`,
  )
}
