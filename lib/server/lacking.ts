import type { Scope } from '#lib/contract/scopes.ts'
import type { Caller } from './caller.ts'
import { Problem } from './problem.ts'

/**
 * The refusal of a caller that does not hold a scope; one who came with an access token is told which to ask for.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3.1
 */
export function lacking({ client }: Caller, scope: Scope, detail: string): Problem {
  const challenge = `Bearer realm="API", error="insufficient_scope", scope="${scope}"`
  return new Problem('insufficient_scope', detail, client ? { headers: { 'WWW-Authenticate': challenge } } : {})
}
