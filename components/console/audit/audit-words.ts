import type { AuditAction, AuditEvent } from '#lib/contract/audit.ts'

/** How each action is said. */
export type AuditWords = Readonly<Record<AuditAction, string>>

/** A piece of a sentence; names stand out, and each is of another. */
export type Piece = string | { name: string; of: 'actor' | 'user' | 'target' | 'way' }

/** An event in a sentence: who did what, for whom, to what. */
export function sentenceOf(event: AuditEvent, words: AuditWords): Piece[] {
  const said = special[event.action]?.(event)
  if (said) return said
  const { action, user } = event
  const target = whom(event)
  const about = user && user.id !== event.actor.id && user.id !== event.target.id
  return [
    ...whoSays(event),
    ` ${words[action] ?? action}`,
    ...(about
      ? [action === 'passkey.registered' ? ' for ' : ' of ', { name: user.username, of: 'user' } as const]
      : []),
    ...(target ? [': ', { name: target, of: 'target' } as const] : []),
  ]
}

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
  'tier_ceiling.updated',
  'sign_up.updated',
])

// An invitation that said for nobody.
const unsaid: ReadonlySet<string> = new Set(['', 'Invitation'])

/** What it was done to, unless the sentence has said that already. */
export function whom({ action, actor, target }: AuditEvent): string | undefined {
  if (complete.has(action) || target.id === actor.id || unsaid.has(target.name)) return undefined
  return target.name
}

/** Sentences of their own, where who, what and for whom stand in another order. */
const special: Partial<Record<AuditAction, (event: AuditEvent) => Piece[]>> = {
  'user.signed_in': (event) => [...whoSays(event), ' signed in with ', nameOfTarget(event), ...through(event)],
  'user.sign_in_refused': (event) => [
    ...whoSays(event),
    ' refused a sign-in of ',
    nameOfUser(event),
    event.after?.reason ? `: ${event.after.reason}` : '',
  ],
  'user.deleted': (event) => [...whoSays(event), ' deleted the user ', nameOfTarget(event)],
  'user.sessions_ended': (event) => [
    ...whoSays(event),
    ' ended ',
    event.after?.sessionsEnded === 1 ? 'a session' : 'sessions',
    ...(event.actor.id === event.target.id ? [' of their own'] : [' of ', nameOfTarget(event)]),
  ],
  'consent.given': (event) => [
    ...whoSays(event),
    ' allowed the app ',
    nameOfTarget(event),
    ` ${howMany(event.after ?? {})}`,
  ],
  'consent.refused': (event) => [...whoSays(event), ' allowed the app ', nameOfTarget(event), ' nothing'],
  'grant.revoked': (event) => {
    const app = nameOfTarget(event)
    if (event.actor.id === event.target.id)
      return [...whoSays(event), ' gave back what ', nameOfUser(event), ' allowed it']
    if (event.actor.id === event.user?.id) return [...whoSays(event), ' ended what they allowed the app ', app]
    const why = typeof event.after?.reason === 'string' ? `: ${event.after.reason}` : ''
    return [...whoSays(event), ' ended what ', nameOfUser(event), ' allowed the app ', app, why]
  },
  'approval.given': (event) => [...whoSays(event), ' asked ', nameOfTarget(event), ', who approved', ...titleOf(event)],
  'approval.declined': (event) => [
    ...whoSays(event),
    ' asked ',
    nameOfTarget(event),
    ', who declined',
    ...titleOf(event),
  ],
}

function whoSays(event: AuditEvent): Piece[] {
  const { kind, name } = who(event)
  return [...(kind ? [`${kind} `] : []), { name, of: 'actor' }]
}

function nameOfUser({ user }: AuditEvent): Piece {
  return user ? { name: user.username, of: 'user' } : 'somebody'
}

function nameOfTarget({ target }: AuditEvent): Piece {
  return { name: target.name, of: 'target' }
}

function through({ after }: AuditEvent): Piece[] {
  if (typeof after?.key === 'string') return [' through the key ', { name: after.key, of: 'way' }]
  if (typeof after?.app === 'string') return [' for the app ', { name: after.app, of: 'way' }]
  return after?.page === 'account' ? [' on the page of their account'] : []
}

/** How much of what was asked for was allowed. */
function howMany({ scopes, leftOut }: Record<string, unknown>): string {
  const count = (list: unknown) => (Array.isArray(list) ? list.length : 0)
  const [allowed, left] = [count(scopes), count(leftOut)]
  const asked = allowed + left
  if (left > 0) return `${allowed} of the ${asked} scopes that it asked for`
  return asked === 1 ? 'the one scope that it asked for' : `all ${asked} scopes that it asked for`
}

function titleOf({ after }: AuditEvent): Piece[] {
  return typeof after?.title === 'string' ? [': ', { name: after.title, of: 'way' }] : []
}
