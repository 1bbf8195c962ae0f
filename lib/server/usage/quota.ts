import type { QuotaView } from '#lib/contract/console.ts'
import { playgroundClientId } from '#lib/contract/oauth-scopes.ts'
import { clock } from '../clock.ts'
import { hourMilliseconds } from './range.ts'
import { requestsOf } from './store.ts'

/**
 * How much of its quota a tenant has used in this calendar month (UTC), test and live together; with a notice from 80 %
 * and from 100 % on. It only tells: no request is refused for it. What anybody did with the Playground's own client is
 * counted, and none of it.
 */
export async function quotaOf(tenantId: string, monthlyQuota: number | null): Promise<QuotaView> {
  const now = new Date(clock.now())
  const monthFrom = (month: number) => Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month)
  const hours = { from: monthFrom(0) / hourMilliseconds, to: monthFrom(1) / hourMilliseconds }
  const used = await requestsOf(tenantId, hours, playgroundClientId(tenantId))
  return {
    limit: monthlyQuota,
    used,
    resetsAt: new Date(monthFrom(1)).toISOString(),
    notice: noticeOf(used, monthlyQuota),
  }
}

/** In whole numbers: a share such as 0.8 is none exactly. */
function noticeOf(used: number, quota: number | null): QuotaView['notice'] {
  if (quota === null || used * 100 < quota * 80) return null
  return used < quota ? '80' : '100'
}
