import type { AuditAction, AuditEvent } from '#lib/contract/audit.ts'

/** How each action is said. */
export type AuditWords = Readonly<Record<AuditAction, string>>

/** Who did it: a person's name as it is, anything else with what it is. */
export function who({ actor }: AuditEvent): { kind: string; name: string; here?: boolean } {
  switch (actor.type) {
    case 'member':
      return { kind: '', name: actor.name }
    case 'key':
      return { kind: 'The key', name: actor.name }
    case 'client':
      return { kind: 'The app', name: actor.name }
    case 'user':
      return { kind: 'The user', name: actor.name }
    case 'operator':
      return { kind: '', name: 'The operator', here: true }
    case 'system':
      return { kind: '', name: 'The server' }
  }
}

/** Their words say it all: the tenant’s own settings, one’s own session. */
const complete: ReadonlySet<AuditAction> = new Set([
  'session.began',
  'session.ended',
  'relying_party.updated',
  'branding.updated',
  'quota.updated',
  'sign_up.updated',
])

// An invitation that said for nobody.
const unsaid: ReadonlySet<string> = new Set(['', 'Invitation'])

/** What it was done to, unless the sentence has said that already. */
export function whom({ action, actor, target }: AuditEvent): string | undefined {
  if (complete.has(action) || target.id === actor.id || unsaid.has(target.name)) return undefined
  return target.name
}
