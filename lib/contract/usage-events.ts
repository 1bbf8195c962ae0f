import { z } from 'zod'
import { environment } from './environment.ts'
import { mpcKeyChange, mpcKeyEventTypes } from './mpc-key-events.ts'
import { grpcStatuses, mpcOperations } from './mpc-operations.ts'

/** Events in one batch. */
export const maxUsageEvents = 100

const text = (characters: number) => z.string().min(1, 'is empty').max(characters)

/** What an rpc of the MPC server was: whose, which, what came of it, and when. */
export const mpcRequest = z.strictObject({
  /** Of the token: `providerTenantId` and `providerTenantName`. */
  tenantId: text(64),
  tenantName: text(256),
  environment,
  operation: z.enum(mpcOperations),
  /** As gRPC names its codes: `OK`, `NOT_FOUND`, … */
  status: z.enum(grpcStatuses),
  /** The answer was stored, and given once more: the request counts, and what it made does not count again. */
  repeated: z.literal(true).optional(),
  /** The API key or OAuth client that the token came from; left out where the token does not say. */
  azp: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'is no id of a key or a client')
    .optional(),
  /** When it was answered: it is counted in that hour, however late it is told. */
  at: z.iso.datetime({ offset: true, error: 'is not an ISO 8601 moment' }),
})

const envelope = {
  specversion: z.literal('1.0'),
  id: text(128),
  source: text(256),
  time: z.iso.datetime({ offset: true, error: 'is not an ISO 8601 moment' }).optional(),
  subject: text(256).optional(),
  datacontenttype: z.literal('application/json').optional(),
}

/**
 * A request that another service answered, as a CloudEvent. The id is its own among all senders: whichever of them tells
 * it again, it counts once.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
export const usageEvent = z.strictObject({ ...envelope, type: z.literal('mpc.request'), data: mpcRequest })
export type UsageEvent = z.infer<typeof usageEvent>

/** A change of a key, for its tenant's audit log: counted as nothing, and written down once. */
export const mpcKeyEvent = z.strictObject({ ...envelope, type: z.enum(mpcKeyEventTypes), data: mpcKeyChange })
export type MpcKeyEvent = z.infer<typeof mpcKeyEvent>

export const toldEvent = z.discriminatedUnion('type', [usageEvent, mpcKeyEvent])
export type ToldEvent = z.infer<typeof toldEvent>
export const toldEvents = z.array(toldEvent).max(maxUsageEvents)

/** All of them are on disk: so many are new, and so many were known. */
export const usageEventsAnswer = z.object({ accepted: z.int(), duplicates: z.int() })
export type UsageEventsAnswer = z.infer<typeof usageEventsAnswer>
