import { afterEach, beforeAll, expect, test } from 'vitest'
import type { TransactionFilter } from '#lib/contract/account.ts'
import { testOnSqlite } from '../../setup/on-sqlite.ts'
import { plansOf } from '../../setup/query-plans.ts'
import type { Caller } from '../caller.ts'
import { clock } from '../clock.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { move } from './ledger.ts'
import { balanceOverTime } from './over-time.ts'
import { withAccount } from './store.ts'
import { listTransactions } from './transactions.ts'

const { now } = clock
afterEach(() => {
  clock.now = now
})

let caller: Caller
beforeAll(async () => {
  caller = await actFor((await createTenant({ name: 'Shop', slug: 'shop' })).id, 'live')
  const place = { tenantId: caller.tenant.id, environment: caller.environment }
  // The last of them by a clock that was set back.
  for (const minute of [1, 2, 3, 5, 4]) {
    clock.now = () => Date.parse(`2026-03-01T00:0${minute}:00Z`)
    const movement = { type: 'top_up' as const, amount: minute, sourceId: `top_${minute}` }
    await withAccount(place, (tx, account) => move(tx, account, movement))
  }
})

const at = (minute: number) => `2026-03-01T00:0${minute}:00Z`
const amounts = async (filter: TransactionFilter, limit = 50) =>
  (await listTransactions(caller, { ...filter, limit })).data.map(({ amount }) => amount)

test('a transaction is never earlier than the one before it, and two spans that meet have each once', async () => {
  const { data } = await listTransactions(caller, { limit: 50 })
  const times = data.map(({ createdAt }) => createdAt)
  expect(times).toEqual(times.toSorted().reverse())
  expect(await amounts({ from: at(1), to: at(3) })).toEqual([2, 1])
  expect(await amounts({ from: at(3), to: at(5) })).toEqual([3])
  expect(await amounts({ from: at(5) })).toEqual([4, 5])
  expect([await amounts({ from: at(6) }), await amounts({ to: at(1) })]).toEqual([[], []])
  expect(await amounts({ from: at(2), to: at(5), type: 'charge' })).toEqual([])
})

testOnSqlite(
  'a page is read where it is, whatever it is filtered by: a long history is not walked through',
  async () => {
    for (const type of [undefined, 'top_up'] as const) {
      for (const span of [{}, { from: at(2) }, { to: at(4) }, { from: at(2), to: at(4) }]) {
        const { nextCursor } = await listTransactions(caller, { type, ...span, limit: 1 })
        await listTransactions(caller, { type, ...span, limit: 1, cursor: nextCursor ?? '' })
      }
    }
    await balanceOverTime(caller, 'day')
    const steps = plansOf('LedgerTransaction').map((step) => step.replace(/.*_environment_|_(?:idx|key)/g, ''))
    expect([...new Set(steps)].sort()).toEqual([
      'at_sequence (tenantId=? AND environment=? AND at<?)',
      'at_sequence (tenantId=? AND environment=? AND at>?)',
      'sequence (tenantId=? AND environment=? AND sequence=?)',
      'sequence (tenantId=? AND environment=? AND sequence>? AND sequence<?)',
      'type_sequence (tenantId=? AND environment=? AND type=? AND sequence>? AND sequence<?)',
    ])
  },
)
