import { expect, test } from 'vitest'
import { type Pairs, partOf, partsFor, read, written } from './block.ts'
import { hashes, termOf, termsOf } from './term.ts'

const first = Date.UTC(2026, 0, 1)
const pairs: Pairs = {
  hashes: [0, 0, 0, 5, 300, hashes / 2, hashes - 1, hashes - 1],
  moments: [
    first,
    first + 1,
    first + 400 * 24 * 3_600_000,
    first + 127,
    first + 128,
    first + 2 ** 40,
    first,
    first + 9,
  ],
}

test('a block gives back what it was made of, of all terms and of each, and nothing of others', () => {
  const shape = { first, parts: 1 }
  const bytes = written(pairs, 0, shape)
  expect(read(bytes, 0, shape)).toEqual(pairs)
  for (const hash of pairs.hashes) {
    const own = pairs.moments.filter((_, at) => pairs.hashes[at] === hash)
    expect(read(bytes, 0, shape, hash)).toEqual({ hashes: own.map(() => hash), moments: own })
  }
  for (const hash of [1, 4, 6, 301, hashes - 2]) expect(read(bytes, 0, shape, hash).moments).toEqual([])
  expect(read(written({ hashes: [], moments: [] }, 0, shape), 0, shape, 5).moments).toEqual([])
})

test('a block of a part is read with that part, and is short', () => {
  const shape = { first, parts: 4_096 }
  const hash = 77 * (hashes / 4_096) + 12
  const bytes = written({ hashes: [hash], moments: [first + 3] }, 77, shape)
  expect([...bytes]).toEqual([12, 1, 3])
  expect([partOf(hash, 4_096), partOf(0, 4_096), partOf(hashes - 1, 4_096)]).toEqual([77, 0, 4_095])
  expect(read(bytes, 77, shape, hash).moments).toEqual([first + 3])
})

test.each([
  [0, 1],
  [370, 1],
  [371, 2],
  [1_481, 8],
])('%i pairs have %i parts', (count, parts) => {
  expect(partsFor(count)).toBe(parts)
})

test('hashes of a hundred thousand names are spread over all parts, and few are of two', () => {
  const parts = 256
  const counts = new Array(parts).fill(0)
  const all = new Set<number>()
  for (let number = 0; number < 100_000; number++) {
    const hash = termOf('user', `user-${number}@acme.example`)
    counts[partOf(hash, parts)]++
    all.add(hash)
  }
  expect([Math.min(...counts) > 280, Math.max(...counts) < 520]).toEqual([true, true])
  expect(all.size).toBeGreaterThan(99_980)
})

test('what stands in a database is found by the same hash in every version', () => {
  expect([termOf('address', '203.0.113.9'), termOf('asker', 'cli_1'), termOf('user', 'ada 🔑')]).toEqual([
    ...[2_007_939_550, 2_230_397_797, 454_583_701],
  ])
})

test('a user that is named like an address is not taken for one', () => {
  const text = '203.0.113.9'
  const kinds = ['address', 'asker', 'user'] as const
  expect(new Set(kinds.map((kind) => termOf(kind, text))).size).toBe(3)
  const row = { address: '::1', askerId: 'key', userId: 'usr_1', username: 'ada' } as Parameters<typeof termsOf>[0]
  expect(termsOf(row).sort()).toEqual(
    [termOf('address', '::1'), termOf('asker', 'key'), termOf('user', 'usr_1'), termOf('user', 'ada')].sort(),
  )
  expect(termsOf({ ...row, address: null, userId: null, username: null })).toEqual([termOf('asker', 'key')])
})
