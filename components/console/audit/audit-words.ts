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
  'attestation_policy.updated',
  'balance_alert.updated',
])

// An invitation that said for nobody; the operator’s says so.
const unsaid: ReadonlySet<string> = new Set(['', 'Invitation', 'Whoever has the link'])

/** What it was done to, unless the sentence has said that already. */
export function whom({ action, actor, target }: AuditEvent): string | undefined {
  if (complete.has(action) || target.id === actor.id || unsaid.has(target.name)) return undefined
  return target.name
}

/** Sentences of their own, where who, what and for whom stand in another order. */
const special: Partial<Record<AuditAction, (event: AuditEvent) => Piece[]>> = {
  'user.signed_in': (event) => [...whoSays(event), ' signed in with ', nameOfTarget(event), ...through(event)],
  'user.sign_in_refused': (event) => [
    'A sign-in of ',
    nameOfUser(event),
    ...(event.actor.type === 'key' ? [' through the key ', actorOf(event)] : []),
    ...(event.actor.type === 'client' ? [' for the app ', actorOf(event)] : []),
    ' was refused',
    event.after?.reason ? `: ${event.after.reason}` : '',
  ],
  'member.invited': (event) => {
    const role = event.after?.role ? ` as ${event.after.role}` : ''
    if (event.target.name === 'Set-up link') return [...whoSays(event), ' made a link for the first member']
    if (!whom(event)) return [...whoSays(event), ' made an invitation', role, ', good for whoever has its link']
    return [...whoSays(event), ' invited ', nameOfTarget(event), role]
  },
  'invitation.withdrawn': (event) => [
    ...whoSays(event),
    ' withdrew ',
    ...(event.target.name === 'Set-up link' ? ['the link for the first member'] : ['an invitation']),
    ...(whom(event) && event.target.name !== 'Set-up link' ? [' of ', nameOfTarget(event)] : []),
  ],
  'member.joined': (event) => [...whoSays(event), ' joined', event.after?.role ? ` as ${event.after.role}` : ''],
  'member.role_changed': (event) => [
    ...whoSays(event),
    ' changed the role of ',
    nameOfTarget(event),
    event.before?.role && event.after?.role ? ` from ${event.before.role} to ${event.after.role}` : '',
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

function actorOf({ actor }: AuditEvent): Piece {
  return { name: actor.name, of: 'actor' }
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
