import type { Scope } from '#lib/contract/scopes.ts'
import type { TenantAnswer } from '#lib/contract/tenant.ts'

const needed: readonly Scope[] = ['passkeys:register', 'passkeys:authenticate']
const handed = new Set<string>()

/** Remembers that a key was handed to this page: it is handed on no further. */
export function wasHanded(apiKey: string): void {
  handed.add(apiKey)
}

/** Whether the server makes a code with a key: a test key with both scopes of passkeys, which nobody handed on. */
export function canHandOn({ environment, key }: Pick<TenantAnswer, 'environment' | 'key'>, apiKey: string): boolean {
  return environment === 'test' && !handed.has(apiKey) && needed.every((scope) => key?.scopes.includes(scope) ?? false)
}
