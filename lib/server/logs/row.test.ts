import { expect, test } from 'vitest'
import { isRefused, isRefusedLine, type LogRow, linesOf, read, readLine, written } from './row.ts'

function rowOf(more: Partial<LogRow>): LogRow {
  return {
    ...{ id: '0197a1b2-c3d4-7000-8000-000000000001', status: 200, milliseconds: 1.5, operation: 'tenant.read' },
    ...{ call: 'GET /v1/tenant', askerId: 'key', address: null, userId: null, username: null },
    ...{ code: null, reason: null, detail: null, expected: null, actual: null },
    ...more,
  }
}

// Whoever chooses a text chooses one that looks like the end of a row and the beginning of another.
const hostile = ['],[', '],["', '"],["x",500,', '\\"],["', '\\', '[[', ']]', '\n', '\u2028', '']

const rows = [
  rowOf({}),
  rowOf({ operation: null, bytes: 12, limit: 600, left: 1 }),
  rowOf({
    status: 422,
    code: 'verification_failed',
    reason: 'origin',
    failed: 1,
    checks: 20,
    expected: 'a',
    actual: 'b',
  }),
  ...hostile.map((text) => rowOf({ username: text, call: `GET ${text}`, askerId: text, address: text })),
  ...hostile.map((text) =>
    rowOf({ status: 500, code: text, reason: text, detail: text, expected: text, actual: text }),
  ),
]

test('each line of a lot is one of its rows, whatever stands in it', () => {
  for (const some of [rows, rows.toReversed(), rows.slice(0, 1), rows.slice(-1), []]) {
    const text = written(some)
    expect(linesOf(text).map(readLine)).toEqual(read(text))
    expect(linesOf(text).map(isRefusedLine)).toEqual(some.map(isRefused))
  }
})
