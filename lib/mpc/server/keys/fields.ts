import { whyNoLabel } from '#lib/contract/names.ts'
import { refusal } from '../refusal.ts'
import type { Policy } from './key.ts'

const longestLabel = 64
const mostPerHour = 1_000_000

/**
 * A key's label as it may be: a name for people.
 *
 * @throws ConnectError INVALID_ARGUMENT
 */
export function labelOf(text: string): string {
  const why = text === '' ? undefined : whyNoLabel(text, longestLabel)
  if (why) throw refusal('invalid_request', `label: ${why}`, { metadata: { field: 'label' } })
  return text
}

/**
 * A policy as it may be; what is left out is the strictest: approval always.
 *
 * @throws ConnectError INVALID_ARGUMENT
 */
export function policyOf({ approval, maxPerHour }: { approval: string; maxPerHour: number }): Policy {
  if (approval !== '' && approval !== 'always' && approval !== 'never') {
    throw refusal('invalid_request', 'policy.approval is “always” or “never”.', { metadata: { field: 'policy' } })
  }
  if (maxPerHour > mostPerHour) {
    throw refusal('invalid_request', `policy.max_per_hour is at most ${mostPerHour}; 0 means no limit.`, {
      metadata: { field: 'policy' },
    })
  }
  return { approval: approval === 'never' ? 'never' : 'always', maxPerHour }
}

/** Whether a policy lets something through that another stops. */
export function isLooser(policy: Policy, than: Policy): boolean {
  const limit = ({ maxPerHour }: Policy) => (maxPerHour === 0 ? Number.POSITIVE_INFINITY : maxPerHour)
  return (policy.approval === 'never' && than.approval === 'always') || limit(policy) > limit(than)
}
