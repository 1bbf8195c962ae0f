import { expect, test } from 'vitest'
import { plansOf } from '../../../setup/query-plans.ts'
import { clock } from '../../clock.ts'
import { newRequestId } from '../../request-id.ts'
import { actFor, createTenant } from '../../tenants/tenants.ts'
import { listLogs } from '../logs.ts'
import { type LogRow, written } from '../row.ts'
import { add } from '../store.ts'
import { indexLogs } from './index-logs.ts'

test('what is not indexed yet is gone through by an index of that alone, and segments and blocks are led to', async () => {
  const { id: tenantId } = await createTenant({ name: 'Acme', slug: `p-${crypto.randomUUID().slice(0, 13)}` })
  const now = clock.now()
  const said = { status: 200, milliseconds: 1, operation: null, call: 'GET /', askerId: 'key', address: '::1' }
  const nothing = { userId: null, username: null, code: null, reason: null, detail: null, expected: null, actual: null }
  const lots = Array.from({ length: 600 }, (_, number) => {
    const row: LogRow = { id: newRequestId(), ...said, ...nothing }
    const counts = { requests: 1, refused: 0, reasons: null }
    return { tenantId, environment: 'test' as const, began: now - 1, at: now + number, ...counts, rows: written([row]) }
  })
  await add(() => lots)
  await indexLogs()
  const caller = await actFor(tenantId, 'test')
  const filters = [{ address: '::1' }, { user: 'ada' }, { key: 'key', status: '4xx' }, { client: 'cli_x', user: 'ada' }]
  for (const filter of filters) await listLogs(caller, filter)

  const ofLots = plansOf('NOT "indexed"', ['SELECT', 'UPDATE']).filter((step) => / LogLot\b/.test(step))
  expect(ofLots.filter((step) => step.includes('LogLot_unindexed_idx')).length).toBeGreaterThan(4)
  // Those that were found so are led to, one by one.
  expect(
    ofLots.filter((step) => !/LogLot_unindexed_idx|\(tenantId=\? AND environment=\? AND at=\?/.test(step)),
  ).toEqual([])
  const ofSegments = ['LogSegment', 'LogBlock'].flatMap((table) =>
    plansOf(`"${table}"`, ['SELECT', 'UPDATE', 'DELETE']),
  )
  // What is asked for is gone through, which are some rows of values.
  expect(ofSegments.filter((step) => /^SCAN (?!w$|\d+ CONSTANT ROWS$)/.test(step))).toEqual([])
  expect(ofSegments).toContain('SCAN w')
  expect(ofSegments).toContainEqual(expect.stringMatching(/SEARCH LogSegment USING INDEX \w+_last_id_idx .*last>\?\)/))
  const ofBlocks = ofSegments.filter((step) => /^SEARCH (?:b|LogBlock)\b/.test(step))
  expect(ofBlocks).not.toEqual([])
  expect(ofBlocks.filter((step) => !/segmentId=\?/.test(step))).toEqual([])
})
