import type { Fill } from './fill-table.ts'

const hourMilliseconds = 3_600_000
const operations = ['passkeys.authenticate.begin', 'passkeys.authenticate.finish', 'tenant.read']

/** Fills the usage of days, until now, as it is once it was added up: of each key by the hour and by the day, and of all together. */
export async function fillUsage(
  fill: Fill,
  place: readonly string[],
  keyIds: readonly string[],
  { days, busy }: { days: number; busy: number },
  now: number,
): Promise<void> {
  const hours = days * 24
  const firstHour = Math.floor(now / hourMilliseconds) - hours + 1
  const perHour = busy * operations.length
  const sums = new Map<string, number>()
  const ofKeys = new Map<string, number>()
  const add = (to: Map<string, number>, cells: (string | number)[], requests: number) => {
    const name = cells.join(' ')
    to.set(name, (to.get(name) ?? 0) + requests)
  }
  await fill(
    'UsageCount',
    'tenantId environment keyId operation outcome hour requests summed peakPerMinute peakConcurrent',
    hours * perHour,
    (at) => {
      const [since, within] = [Math.floor(at / perHour), at % perHour]
      const key = keyIds[(since * busy + Math.floor(within / operations.length)) % keyIds.length] ?? ''
      const operation = operations[within % operations.length] ?? ''
      const outcome = since % 20 === 0 ? 'rate_limited' : 'ok'
      const [hour, requests] = [firstHour + since, 1 + (at % 100)]
      const day = Math.floor(hour / 24)
      add(sums, ['hour', hour, operation, outcome], requests)
      add(sums, ['day', day, operation, outcome], requests)
      add(ofKeys, [key, day, operation, outcome], requests)
      return [...place, key, operation, outcome, String(hour), String(requests), String(requests), '9', '1']
    },
  )
  const ofSums = [...sums].map(([name, requests]) => [...name.split(' '), String(requests)])
  await fill('UsageSum', 'tenantId environment source step at operation outcome requests', ofSums.length, (at) => [
    ...[...place, 'keys', ...(ofSums[at] ?? [])],
  ])
  const ofDays = [...ofKeys].map(([name, requests]) => [...name.split(' '), String(requests)])
  const columns = 'tenantId environment keyId day operation outcome requests peakPerMinute peakConcurrent'
  await fill('UsageKeyDay', columns, ofDays.length, (at) => [...place, ...(ofDays[at] ?? []), '9', '1'])
}
