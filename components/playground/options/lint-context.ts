import type { LintContext } from '#lib/webauthn/lint/rule.ts'
import type { State } from '../state.ts'

/** What the page knows of where it stands, for the rules that judge options. */
export function lintContextOf({ key, username }: Pick<State, 'key' | 'username'>): LintContext {
  return {
    host: typeof location === 'undefined' ? undefined : location.hostname,
    rpId: key.status === 'ready' ? key.tenant.relyingParty.id : undefined,
    username: username || undefined,
  }
}
