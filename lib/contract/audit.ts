import { z } from 'zod'
import { environment } from './environment.ts'
import { moment } from './moment.ts'
import { page, pageOf } from './page.ts'

/** Everything that the audit log knows of, and how it is said. */
export const auditActions = {
  'key.created': 'made a key',
  'key.updated': 'changed a key',
  'key.rotated': 'rotated a key',
  'key.revoked': 'revoked a key',
  'hand_off.created': 'made a one-time code for a phone',
  'hand_off.taken': 'was handed on to a phone, with a key of its own',
  'passkey.registered': 'registered a passkey',
  'passkey.renamed': 'renamed a passkey',
  'passkey.deleted': 'deleted a passkey',
  'user.deleted': 'deleted a user',
  'user.sessions_ended': 'ended sessions of a user',
  'member.invited': 'invited a member',
  'member.joined': 'joined',
  'member.removed': 'removed a member',
  'member.role_changed': 'changed the role of a member',
  'invitation.withdrawn': 'withdrew an invitation',
  'member.passkey_added': 'added a passkey of their own',
  'member.passkey_renamed': 'renamed a passkey of their own',
  'member.passkey_removed': 'removed a passkey of their own',
  'session.began': 'signed in',
  'session.ended': 'signed out',
  'tenant.created': 'made the tenant',
  'relying_party.updated': 'changed the relying party',
  'attestation_policy.updated': 'changed what is asked of attestation',
  'trust_anchor.added': 'added a trust anchor',
  'trust_anchor.removed': 'removed a trust anchor',
  'client.created': 'made an OAuth client',
  'client.updated': 'changed an OAuth client',
  'client.deleted': 'deleted an OAuth client',
  'client.secret_added': 'made a secret of an OAuth client',
  'client.secret_removed': 'removed a secret of an OAuth client',
  'webhook.created': 'made a webhook endpoint',
  'webhook.updated': 'changed a webhook endpoint',
  'webhook.secret_rotated': 'rotated the secret of a webhook endpoint',
  'webhook.disabled': 'turned a webhook endpoint off, where nothing arrived',
  'webhook.deleted': 'deleted a webhook endpoint',
  'user.signed_in': 'signed in',
  'user.sign_in_refused': 'refused a sign-in',
  'consent.given': 'allowed an app',
  'consent.refused': 'allowed an app nothing',
  'grant.revoked': 'ended what an app was allowed',
  'approval.given': 'approved what an app asked for',
  'approval.declined': 'declined what an app asked for',
  'mpc_key.generated': 'made an MPC key',
  'mpc_key.reshared': 'made new shares of an MPC key',
  'mpc_key.updated': 'changed an MPC key',
  'mpc_key.frozen': 'froze an MPC key',
  'mpc_key.unfrozen': 'unfroze an MPC key',
  'mpc_key.deleted': 'deleted an MPC key',
  'skill.created': 'registered a skill',
  'skill.updated': 'changed a skill',
  'skill.secret_rotated': 'rotated the secret of a skill',
  'skill.deleted': 'removed a skill',
  'sign_up.updated': 'changed who may sign up',
  'branding.updated': 'changed the branding',
  'quota.updated': 'changed the quota',
  'tier_ceiling.updated': 'changed the highest tier of keys',
  'payment_method.added': 'added a payment method',
  'payment_method.removed': 'removed a payment method',
  'top_up.created': 'asked for funds',
  'top_up.confirmed': 'added funds',
  'top_up.declined': 'declined a top-up',
  'balance_alert.updated': 'changed the balance alert',
} as const

export type AuditAction = keyof typeof auditActions
export const auditActionNames = Object.keys(auditActions) as [AuditAction, ...AuditAction[]]

/** Events of these actions are told apart from the changes that people make to what there is. */
export const auditKinds = {
  'sign-ins': ['user.signed_in', 'user.sign_in_refused', 'session.began', 'session.ended'],
  consents: ['consent.given', 'consent.refused', 'grant.revoked', 'approval.given', 'approval.declined'],
} as const satisfies Record<string, readonly AuditAction[]>
export const auditKindNames = ['changes', 'sign-ins', 'consents'] as const
export type AuditKind = (typeof auditKindNames)[number]

/** One event: who, from where, what, for whom, and how it was before and after. */
export const auditEvent = z.object({
  /** Sorts, as text, by when it was written. */
  id: z.string(),
  at: z.iso.datetime(),
  environment: environment.nullable(),
  action: z.enum(auditActionNames),
  actor: z.object({
    type: z.enum(['key', 'client', 'user', 'member', 'operator', 'system']),
    id: z.string(),
    name: z.string(),
  }),
  address: z.string().nullable(),
  requestId: z.string().nullable(),
  target: z.object({ id: z.string(), name: z.string() }),
  /** The user that it is about, as they were called then; null where it is about none, or older than these were written. */
  user: z.object({ id: z.string(), username: z.string() }).nullable(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
})
export type AuditEvent = z.infer<typeof auditEvent>

/**
 * Which events; newest first. `user` is a user’s id or username, to the letter; `q` is looked for in the names of
 * who did it, to what and for whom, and at the beginning of their ids, of addresses and of request ids. A page may have fewer than `limit`, or none, and a cursor
 * all the same: so many events were looked through for it, and the next page goes on behind them.
 */
export const auditQuery = z.strictObject({
  ...page,
  action: z.enum(auditActionNames).optional(),
  kind: z.enum(auditKindNames).optional(),
  user: z.string().max(128).optional(),
  environment: environment.optional(),
  from: moment.optional(),
  to: moment.optional(),
  q: z.string().max(64).optional(),
})
export type AuditQuery = z.input<typeof auditQuery>
export const auditList = pageOf(auditEvent)
export type AuditList = z.infer<typeof auditList>
