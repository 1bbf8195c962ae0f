import { z } from 'zod'
import type { AuditAction } from './audit.ts'
import { environment } from './environment.ts'

/** What happens to a key at the MPC server, by the type of its CloudEvent, and how the audit log calls it. */
export const mpcKeyActions = {
  'mpc.key.generated': 'mpc_key.generated',
  'mpc.key.reshared': 'mpc_key.reshared',
  'mpc.key.updated': 'mpc_key.updated',
  'mpc.key.frozen': 'mpc_key.frozen',
  'mpc.key.unfrozen': 'mpc_key.unfrozen',
  'mpc.key.deleted': 'mpc_key.deleted',
} as const satisfies Record<string, AuditAction>

export type MpcKeyEventType = keyof typeof mpcKeyActions
export const mpcKeyEventTypes = Object.keys(mpcKeyActions) as [MpcKeyEventType, ...MpcKeyEventType[]]

const text = (characters: number) => z.string().min(1, 'is empty').max(characters)

/** What of a key may change, as people should read it. */
export const mpcKeyState = z.strictObject({
  label: z.string().max(64),
  suite: text(32),
  threshold: z.int().min(1).max(16),
  parties: z.array(text(32)).max(16),
  approval: z.enum(['always', 'never']),
  /** Null: no limit. */
  maxPerHour: z.int().nullable(),
  frozenBy: z.array(z.enum(['user', 'tenant'])).max(2),
  /** How often its shares were made anew. */
  resharings: z.int(),
})
export type MpcKeyState = z.infer<typeof mpcKeyState>

/** A change of a key: whose, which, who made it, and how the key was before and after; null where it was not there. */
export const mpcKeyChange = z.strictObject({
  tenantId: text(64),
  environment,
  keyId: z.string().regex(/^mpk_\w{1,32}$/, 'is no id of a key'),
  actor: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('user'), id: text(64) }),
    z.strictObject({
      type: z.enum(['member', 'key', 'client']),
      id: text(64),
      name: text(256),
      address: text(256).nullable(),
      requestId: text(256).nullable(),
    }),
  ]),
  before: mpcKeyState.nullable(),
  after: mpcKeyState.nullable(),
  at: z.iso.datetime({ offset: true, error: 'is not an ISO 8601 moment' }),
})
export type MpcKeyChange = z.infer<typeof mpcKeyChange>
