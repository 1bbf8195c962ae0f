import { type ToldEvent, toldEvents, type UsageEvent, type UsageEventsAnswer } from '#lib/contract/usage-events.ts'
import { clock, isDue } from '../../clock.ts'
import { oneAtATime } from '../../leases/one-at-a-time.ts'
import { noteCounted } from '../../metrics/metrics.ts'
import { Problem, parse } from '../../problem.ts'
import { tellAll } from '../../webhooks/tell.ts'
import { wakeSender } from '../../webhooks/wake.ts'
import { hourMilliseconds } from '../range.ts'
import { monthCount } from '../threshold.ts'
import { notesOf } from './key-changes.ts'
import {
  type CountedEvent,
  forget,
  type MonthCount,
  type TakenEvent,
  type Transaction,
  takeOnce,
  tenantsAmong,
} from './store.ts'

const dayHours = 24

/** How old an event may be; so long, and a day more, its id is known. */
export const maxAgeHours = 31 * dayHours
const maxAheadHours = dayHours

/** What a token is counted under that does not say which key or client it came from. */
export const unknownKey = 'unknown'

const shared = globalThis as { playgroundEventsSweptAt?: number }

/**
 * Counts requests that another service answered, each in the hour in which it happened, and writes changes of keys into the
 * audit log; each id once, whatever process it is told to and however often. All of them are taken, or none is. Resolves once they are on disk.
 *
 * @throws Problem invalid_request, with the place of each event that is none, is older than 31 days or lies more than a day
 *   ahead, or is of a tenant that is not there; unavailable where the database cannot be written
 */
export async function takeEvents(told: unknown): Promise<UsageEventsAnswer> {
  const events = parse(toldEvents, told)
  const tenants = await tenantsAmong([...new Set(events.map(({ data }) => data.tenantId))])
  refuseStrange(events, tenants)
  const notes = await notesOf(events.flatMap((event) => (event.type === 'mpc.request' ? [] : [event])))
  const byId = new Map<string, TakenEvent>()
  for (const event of events) {
    const { id, type } = event
    byId.set(id, type === 'mpc.request' ? countedOf(event) : { id, hour: hourOf(event), note: notes(event) })
  }
  const fresh = await takeOnce([...byId.values()], (counted) => monthsOf(counted, tenants), tellSigned)
  noteCounted(fresh.filter((event) => !('note' in event)).length)
  wakeSender()
  sweep()
  return { accepted: fresh.length, duplicates: events.length - fresh.length }
}

/** What requests add to the quotas of their tenants: each to its own month's, which may be over, or begin by another clock. */
function monthsOf(counted: CountedEvent[], quotas: ReadonlyMap<string, number | null>): MonthCount[] {
  const months = new Map<string, MonthCount>()
  for (const { tenantId, keyId, hour } of counted) {
    const quota = quotas.get(tenantId) ?? null
    if (quota === null) continue
    const month = monthCount(tenantId, quota, 1, hour * hourMilliseconds)
    if (keyId === month.exceptKeyId) continue
    const name = `${tenantId} ${month.month}`
    months.set(name, { ...month, requests: (months.get(name)?.requests ?? 0) + 1 })
  }
  return [...months.values()]
}

/** Tells webhooks of signatures that were made. */
async function tellSigned(tx: Transaction, counted: CountedEvent[]): Promise<void> {
  const signed = counted.filter(({ operation, outcome }) => operation === 'mpc.sign.finish' && outcome === 'ok')
  for (const some of Object.values(
    Object.groupBy(signed, ({ tenantId, environment }) => `${tenantId} ${environment}`),
  )) {
    const [first] = some ?? []
    const all = some?.map(({ keyId, at }) => ({ data: { azp: keyId === unknownKey ? null : keyId }, at })) ?? []
    if (first) await tellAll(tx, first, 'mpc.signed', all)
  }
}

function refuseStrange(events: ToldEvent[], tenants: ReadonlyMap<string, unknown>): void {
  const now = clock.now()
  const issues = events.flatMap(({ data }, at) => {
    const hours = (now - Date.parse(data.at)) / hourMilliseconds
    const issue = (member: 'tenantId' | 'at', message: string) => [{ path: `${at}.data.${member}`, message }]
    if (!tenants.has(data.tenantId)) return issue('tenantId', 'is no tenant of this server')
    if (hours > maxAgeHours) return issue('at', 'is more than 31 days ago')
    return hours < -maxAheadHours ? issue('at', 'is more than a day ahead') : []
  })
  const [first] = issues
  if (!first) return
  throw new Problem('invalid_request', `${first.path}: ${first.message}. No event was counted.`, {
    issues: issues.slice(0, 20),
  })
}

function countedOf(event: UsageEvent): CountedEvent {
  const { id, data } = event
  const { tenantId, environment, operation, status, repeated, azp: keyId = unknownKey } = data
  const outcome = repeated && status === 'OK' ? 'repeated' : status.toLowerCase()
  const at = new Date(data.at)
  return { id, tenantId, environment, keyId, operation, outcome, hour: hourOf(event), at }
}

function hourOf({ data }: ToldEvent): number {
  return Math.floor(Date.parse(data.at) / hourMilliseconds)
}

/** Once an hour: ids of events that would be refused as too old need not be known. */
function sweep(): void {
  if (!isDue(shared.playgroundEventsSweptAt ?? 0, hourMilliseconds)) return
  shared.playgroundEventsSweptAt = clock.now()
  const before = Math.floor(clock.now() / hourMilliseconds) - maxAgeHours - dayHours
  void oneAtATime('usage events', () => forget(before)).catch(() => undefined)
}
