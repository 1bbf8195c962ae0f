import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { modelsOf } from '../../../prisma/to-models.ts'

// What is kept does not grow by itself for ever: a new model is added here, with what lets its rows go, or why none has to.

/** By the file that deletes what is old, or was taken. */
const swept: Record<string, Record<string, string>> = {
  auth: {
    HandOff: 'lib/server/keys/hand-offs/store.ts',
    KeySighting: 'lib/server/usage/store.ts',
    IdempotentRequest: 'lib/server/once/store.ts',
    Ceremony: 'lib/server/passkeys/ceremonies/store.ts',
    Approval: 'lib/server/approvals/store.ts',
    SigningKey: 'lib/server/tokens/store.ts',
    UsageMonthShard: 'lib/server/usage/months/store.ts',
    LogLot: 'lib/server/logs/store.ts',
    LogSegment: 'lib/server/logs/segments/store.ts',
    LogBlock: 'lib/server/logs/segments/store.ts',
    UsageEvent: 'lib/server/usage/events/store.ts',
    Invitation: 'lib/server/console/store.ts',
    ConsoleSession: 'lib/server/console/store.ts',
    OAuthRecord: 'lib/server/oauth/store.ts',
    WebhookEvent: 'lib/server/webhooks/sending/store.ts',
    SkillRun: 'lib/server/skills/runs/keeping/store.ts',
  },
  mpc: {
    Signed: 'lib/mpc/server/keys/store.ts',
    Session: 'lib/mpc/server/sessions/store.ts',
    UsedApproval: 'lib/mpc/server/approvals/store.ts',
    UsageEvent: 'lib/mpc/server/usage/store.ts',
  },
}

const settings = 'one row, or a few, for what is chosen'
const people = 'as many as a tenant has, or makes'
const money = 'triggers refuse to delete money that moved'
const counts =
  'what a tenant owes is asked for any year; of an hour or a day as many as there were operations and outcomes'
const goes = (parent: string) => `goes with its ${parent}`

const kept: Record<string, Record<string, string>> = {
  auth: {
    ...{ Tenant: people, Member: people, User: people, Passkey: people, ApiKey: people, TrustAnchor: people },
    ...{ OAuthClient: people, OAuthClientSecret: people, OAuthConsent: people, WebhookEndpoint: people, Skill: people },
    ...{ ServiceToken: people, PaymentMethod: people, AttestationPolicy: settings, Logo: settings },
    ...{ Setting: settings, Lease: settings, LogSize: settings, UsageMonth: 'a row of a tenant in a month' },
    ...{ Account: money, LedgerTransaction: money, LedgerEntry: money, Reservation: money, TopUp: money },
    ...{ UsageCount: counts, PageCeremony: counts, UsageSum: counts, UsageKeyDay: counts },
    ...{ UsageShard: goes('hour'), PageShard: goes('hour') },
    ...{ WebhookDelivery: goes('event'), WebhookAttempt: goes('delivery') },
    AuditEvent: 'triggers refuse to delete what happened',
  },
  mpc: { Setting: settings, Lease: settings, Key: people },
}

test.each(['auth', 'mpc'])('each model of %s says what lets its rows go, or why they stay', (database) => {
  const models = Array.from(modelsOf(database).matchAll(/^model (\w+)/gm), ([, name]) => name).sort()
  expect(models.length).toBeGreaterThan(5)
  expect([...Object.keys(swept[database] ?? {}), ...Object.keys(kept[database] ?? {})].sort()).toEqual(models)
})

test.each(Object.entries({ ...swept.auth, ...prefixed(swept.mpc ?? {}) }))(
  'rows of %s are deleted in %s',
  (model, file) => {
    expect(deletes(readFileSync(join(process.cwd(), file), 'utf8'), model.replace('mpc ', ''))).toBe(true)
  },
)

test('what goes with something else goes by the database, or when its hour is over', () => {
  const models = modelsOf('auth')
  for (const [child, parent] of [
    ['WebhookDelivery', 'event'],
    ['WebhookAttempt', 'delivery'],
  ]) {
    const [body = ''] = new RegExp(`^model ${child} \\{[^}]*`, 'm').exec(models) ?? []
    expect(body).toMatch(new RegExp(`^\\s*${parent} .*onDelete: Cascade`, 'm'))
  }
  const fold = readFileSync(join(process.cwd(), 'lib/server/usage/shards/store.ts'), 'utf8')
  for (const table of ['UsageShard', 'PageShard']) expect(fold).toContain(`'${table}'`)
  expect(fold).toMatch(/DELETE FROM "\$\{from\}"/)
})

test('a file that deletes nothing of a model is told from one that does', () => {
  const file = 'await tx.approval.deleteMany({})'
  expect([deletes(file, 'Approval'), deletes(file, 'Ceremony'), deletes('tx.approval.count()', 'Approval')]).toEqual([
    ...[true, false, false],
  ])
})

function deletes(text: string, model: string): boolean {
  const property = `${model[0]?.toLowerCase()}${model.slice(1)}`
  return new RegExp(`DELETE FROM "${model}"|table: '${model}'|\\b${property}\\.deleteMany\\(`).test(text)
}

function prefixed(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([model, file]) => [`mpc ${model}`, file]))
}
