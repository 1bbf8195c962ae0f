import type { DisabledReason } from '#lib/contract/webhooks.ts'
import { type Place, system } from '../../caller.ts'
import { clock } from '../../clock.ts'
import { noteWebhookOff } from '../../metrics/metrics.ts'
import { turnOff } from '../store.ts'
import { recordedBy } from '../view.ts'

/** An endpoint at which nothing arrived for so long is turned off. */
const patience = 5 * 24 * 3_600_000

/**
 * Turns an endpoint off at which a delivery was given up, if it is gone, or nothing arrived for five days. Members see why,
 * and the audit log tells it; whoever turned it on again meanwhile has it on.
 */
export async function disableIfDead(place: Place, endpointId: string, gone: boolean): Promise<void> {
  const reason: DisabledReason = gone ? 'gone' : 'failing'
  const failingSince = gone ? undefined : new Date(clock.now() - patience)
  const noted = recordedBy(system, place, 'webhook.disabled')
  if (await turnOff(place, endpointId, reason, failingSince, noted)) noteWebhookOff(reason)
}
