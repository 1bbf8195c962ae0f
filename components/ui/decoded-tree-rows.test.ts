import { expect, test } from 'vitest'
import { byteRuns, rowsOf } from './decoded-tree-rows.ts'

const bits = Array.from({ length: 8 }, (_, bit) => ({ name: `b${bit}`, value: '0', range: [2, 3] as const }))
const tree = {
  name: 'root',
  range: [0, 8] as const,
  children: [
    { name: 'hash', range: [0, 2] as const },
    { name: 'flags', range: [2, 3] as const, children: bits },
    { name: 'data', range: [3, 8] as const, children: [{ name: 'id', range: [4, 8] as const }] },
  ],
}

test('rows are the tree in reading order, a byte’s bits within its row', () => {
  const rows = rowsOf(tree)
  expect(rows.map(({ title, depth }) => [title, depth])).toEqual([
    ['hash', 0],
    ['flags', 0],
    ['data', 0],
    ['data id', 1],
  ])
  expect(rows[1]?.bits).toHaveLength(8)
})

test('neighbouring fields differ in colour, and what is divided has none of its own', () => {
  const tones = rowsOf(tree).map(({ tone }) => tone)
  expect(tones[2]).toBeUndefined()
  expect(new Set([tones[0], tones[1], tones[3]]).size).toBe(3)
})

test('runs cover every byte once, and each knows its row', () => {
  const runs = byteRuns(rowsOf(tree), 9)
  expect(runs.map(({ from, to, path }) => [from, to, path])).toEqual([
    [0, 2, '0'],
    [2, 3, '1'],
    [3, 4, '2'],
    [4, 8, '2.0'],
    [8, 9, undefined],
  ])
})
