import type { GrpcStatus } from '#lib/contract/mpc-operations.ts'
import type { Call } from '../call.ts'
import { later } from '../clock.ts'
import { env } from '../env.ts'
import { wake } from './report.ts'
import * as store from './store.ts'

/**
 * Counts a call with its status: in the transaction of its effect, or by itself. It is on disk when this resolves, and from
 * there it is reported under its own id until that is acknowledged. What the call does not say, such as the key that its token
 * came from, is left out.
 */
export async function count(call: Call, status: GrpcStatus, tx?: store.Transaction): Promise<void> {
  const { id, caller, operation, repeated } = call
  const { tenantId, tenantName, environment, azp } = caller
  const at = later().toISOString()
  await keep(id, 'mpc.request', { tenantId, tenantName, environment, operation, status, repeated, azp, at }, tx)
  call.counted = true
}

/**
 * Keeps an event until it is reported, in a transaction or by itself.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
export async function keep(
  id: string,
  type: string,
  data: { at: string } & Record<string, unknown>,
  tx?: store.Transaction,
): Promise<void> {
  const event = {
    specversion: '1.0',
    id,
    source: `urn:mpc-server:${env().issuer}`,
    type,
    time: data.at,
    datacontenttype: 'application/json',
    data,
  }
  await store.add({ id, event: JSON.stringify(event) }, tx)
  wake()
}
