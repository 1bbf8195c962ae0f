import type { KeyActivity } from '#lib/contract/console.ts'
import type { KeyView } from '#lib/contract/keys.ts'
import { type Operation, operations, scopesOfKeys } from '#lib/contract/operations.ts'
import { type Caller, placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { hourMilliseconds } from './range.ts'
import { requestsByDay } from './store.ts'

const dayMilliseconds = 24 * hourMilliseconds
const [daysShown, daysOfScopes] = [14, 30]

/**
 * What traffic says of keys of the caller's environment.
 *
 * A scope is unused where no request that was counted today or in the 30 days before (UTC) was to an operation that needs it,
 * whatever came of it. Keys of 7 days or less, and keys that do not work any more, are given no advice.
 */
export async function activityOf(caller: Caller, keys: KeyView[]): Promise<Map<string, KeyActivity>> {
  const now = clock.now()
  const today = Math.floor(now / dayMilliseconds)
  const firstDay = today - daysShown + 1
  const hours = { from: (today - daysOfScopes) * 24, to: (today + 1) * 24 }
  const ids = keys.map(({ id }) => id)
  const requests = await requestsByDay(placeOf(caller), hours, ids)
  const days = new Map(ids.map((id) => [id, Array.from({ length: daysShown }, () => 0)]))
  for (const { keyId, day, requests: count } of requests) {
    const counts = days.get(keyId)
    const index = day - firstDay
    if (counts && index >= 0) counts[index] = (counts[index] ?? 0) + count
  }
  const used = new Set(requests.map(({ keyId, operation }) => `${keyId} ${operations[operation as Operation]}`))
  return new Map(
    keys.map((key) => {
      const age = now - Date.parse(key.createdAt)
      const advised = key.status === 'active' && age > 7 * dayMilliseconds
      const unused = (scope: string) => scopesOfKeys.has(scope) && !used.has(`${key.id} ${scope}`)
      return [
        key.id,
        {
          days: days.get(key.id) ?? [],
          unusedScopes: advised ? key.scopes.filter(unused) : [],
          rotationDue: key.status === 'active' && key.rotation === null && age >= 90 * dayMilliseconds,
        },
      ]
    }),
  )
}
