import { describe, expect, test } from 'vitest'
import { databases, modelsOf } from './to-models.ts'

// PostgreSQL’s Int ends at 2^31 - 1, where SQLite goes on. What may pass that is a BigInt; of the rest it is said why it cannot.

/** Why columns cannot pass 2^31. */
const within: Record<string, string[]> = {
  'hours, days and months since a beginning': [
    ...[
      'PageCeremony.hour',
      'PageShard.hour',
      'UsageCount.hour',
      'UsageEvent.hour',
      'UsageKeyDay.day',
      'UsageShard.hour',
    ],
    ...['UsageMonth.month', 'UsageMonthShard.hour', 'UsageMonthShard.month', 'UsageSum.at'],
  ],
  'one row’s requests of one hour, which are held to a rate a minute, or pass a ceremony each': [
    ...['PageCeremony.requests', 'PageShard.requests', 'UsageCount.requests', 'UsageShard.requests'],
    ...['PageCeremony.summed', 'UsageCount.summed'],
  ],
  'requests at once or in a minute, which are held to less': [
    ...['UsageCount.peakConcurrent', 'UsageCount.peakPerMinute', 'UsageKeyDay.peakConcurrent'],
    ...['UsageKeyDay.peakPerMinute', 'UsageShard.peakConcurrent', 'UsageShard.peakPerMinute'],
  ],
  'a number of a process': [...['PageShard.shard', 'UsageMonthShard.shard', 'UsageShard.shard']],
  'one amount in cents, of which the contract says the most': [
    ...['Account.alertBelow', 'LedgerEntry.amount', 'LedgerTransaction.amount', 'Reservation.amount'],
    ...['Skill.priceAmount', 'SkillRun.amount', 'TopUp.amount'],
  ],
  'a quota, of which the contract says the most': ['Tenant.monthlyQuota'],
  'bytes of one body, which is refused beyond its limit': ['SkillRun.inputBytes', 'SkillRun.outputBytes'],
  'lots of one segment, some thousand, and parts of it, which are fewer than its terms': [
    ...['LogSegment.lots', 'LogSegment.parts', 'LogBlock.part'],
  ],
  'rows of one lot, which is closed long before': ['LogLot.refused', 'LogLot.requests'],
  'a status of HTTP': ['SkillRun.answerStatus', 'WebhookAttempt.status', 'WebhookDelivery.lastStatus'],
  'time of one call, which is given up before': [
    ...['Skill.timeoutSeconds', 'WebhookAttempt.milliseconds', 'WebhookDelivery.lastMilliseconds'],
  ],
  'attempts of one delivery: a schedule of a few, begun anew by hand': [
    ...['WebhookAttempt.number', 'WebhookDelivery.attempts', 'WebhookDelivery.scheduled'],
  ],
  'changes that somebody made, each confirmed or in the audit log': ['Skill.revision', 'Key.generation'],
  'a number of COSE’s register': ['Passkey.algorithm'],
  'per cent': ['UsageMonth.told'],
  'parties of a key, or signatures in an hour, of which the contract says the most': [
    'Key.maxPerHour',
    'Key.threshold',
  ],
}

const columnsOf = (models: string, type: string) =>
  Array.from(models.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm), ([, model = '', body = '']) =>
    Array.from(body.matchAll(new RegExp(`^ +(\\w+) +${type}\\??(?: |$)`, 'gm')), ([, column]) => `${model}.${column}`),
  ).flat()

describe.each(databases)('%s', (database) => {
  test('an integer has 64 bits, or cannot pass 31', () => {
    const said = Object.values(within).flat()
    expect(new Set(said).size).toBe(said.length)
    expect(columnsOf(modelsOf(database), 'Int').filter((column) => !said.includes(column))).toEqual([])
    expect(columnsOf(modelsOf(database), 'BigInt').filter((column) => said.includes(column))).toEqual([])
  })
})

test('a column that nobody has thought of is found, and what is said is said of columns', () => {
  expect(columnsOf('model Thing {\n  bytes Int\n  most  Int? @default(0)\n  name String\n}\n', 'Int')).toEqual([
    'Thing.bytes',
    'Thing.most',
  ])
  const all = databases.flatMap((database) => columnsOf(modelsOf(database), 'Int'))
  expect(
    Object.values(within)
      .flat()
      .filter((column) => !all.includes(column)),
  ).toEqual([])
})
