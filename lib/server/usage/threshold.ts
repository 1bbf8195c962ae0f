import { playgroundClientId } from '#lib/contract/oauth-scopes.ts'
import { clock } from '../clock.ts'
import { writeToTell } from '../webhooks/tell.ts'
import { forgetMonths, type MonthCount, type Transaction } from './months/store.ts'
import { hourMilliseconds } from './range.ts'

const percents = [80, 100] as const
const environments = ['test', 'live'] as const

/**
 * Requests of the calendar month (UTC) of a moment that a tenant's quota counts, as they are added to it. Where they reach 80 % or
 * 100 %, webhooks of both environments are told, once in the month: a quota is for both together. A quota that is changed
 * begins anew.
 */
export function monthCount(tenantId: string, quota: number, requests: number, at = clock.now()): MonthCount {
  const now = new Date(at)
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()]
  const name = now.toISOString().slice(0, 7)
  return {
    tenantId,
    month: year * 12 + month,
    hours: { from: Date.UTC(year, month) / hourMilliseconds, to: Date.UTC(year, month + 1) / hourMilliseconds },
    hour: Math.floor(now.getTime() / hourMilliseconds),
    requests,
    quota,
    exceptKeyId: playgroundClientId(tenantId),
    thresholds: percents.map((percent) => ({
      percent,
      told: () =>
        environments.map((environment) =>
          writeToTell({ tenantId, environment }, 'usage.threshold', { percent, quota, month: name }),
        ),
    })),
  }
}

/** Begins a tenant's months anew, for another quota: what is reached of that is told, with the next request. */
export function beginAnew(tx: Transaction, tenantId: string): Promise<void> {
  return forgetMonths(tx, tenantId)
}
