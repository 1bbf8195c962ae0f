import { encode } from 'cborg'
import { expect, test } from 'vitest'
import { decodeCbor } from './cbor.ts'
import { decodeCborTree } from './cbor-tree.ts'
import { diagnosticOf } from './diagnostic.ts'

const diagnostic = (bytes: Uint8Array) => diagnosticOf(decodeCbor(bytes).item)

test.each([
  [0, '0'],
  [-7, '-7'],
  [1.5, '1.5'],
  [Uint8Array.of(1, 0xff), "h'01ff'"],
  ['a "b"\n', '"a \\"b\\"\\n"'],
  [[], '[]'],
  [{}, '{}'],
  [true, 'true'],
  [null, 'null'],
  [undefined, 'undefined'],
  [[1, [2]], '[\n  1,\n  [\n    2\n  ]\n]'],
  [
    new Map<unknown, unknown>([
      [3, -7],
      ['fmt', 'none'],
    ]),
    '{\n  3: -7,\n  "fmt": "none"\n}',
  ],
])('%j is written in diagnostic notation', (value, written) => {
  expect(diagnostic(encode(value))).toBe(written)
})

test('a float that is whole keeps its point, and what is no number its name', () => {
  expect(diagnostic(Uint8Array.of(0xf9, 0x3c, 0))).toBe('1.0')
  expect(diagnostic(Uint8Array.of(0xf9, 0x80, 0))).toBe('-0.0')
  expect(diagnostic(Uint8Array.of(0xf9, 0x7c, 0))).toBe('Infinity')
  expect(diagnostic(Uint8Array.of(0xf9, 0x7e, 0))).toBe('NaN')
})

test('what stands before a cut is written, and where it ends is marked', () => {
  const bytes = encode(
    new Map<unknown, unknown>([
      ['fmt', 'none'],
      ['authData', new Uint8Array(40).fill(7)],
    ]),
  )
  expect(diagnostic(bytes.subarray(0, -38))).toBe('{\n  "fmt": "none",\n  "authData": h\'0707\'…\n}')
  expect(diagnostic(bytes.subarray(0, 9))).toBe('{\n  "fmt": "non"…\n}')
  expect(diagnostic(bytes.subarray(0, 1))).toBe('{\n  …\n}')
  expect(diagnostic(Uint8Array.of(0x83, 1))).toBe('[\n  1,\n  …\n]')
  expect(diagnostic(Uint8Array.of(0xc1, 0))).toBe('…')
})

test('any CBOR is a tree with ranges, which tells of bytes after it', () => {
  const bytes = encode(new Map<unknown, unknown>([[1, [2, 'three']]]))
  const { node, value, errors } = decodeCborTree(bytes)
  expect(errors).toEqual([])
  expect(value?.type).toBe('map')
  expect(node).toMatchObject({
    name: 'CBOR',
    range: [0, bytes.length],
    children: [
      {
        name: '1',
        children: [
          { value: '2', range: [3, 4] },
          { value: 'three', range: [4, bytes.length] },
        ],
      },
    ],
  })
  expect(decodeCborTree(Uint8Array.of(1, 2)).errors).toEqual(['trailing bytes: 1 byte after the item'])
  expect(decodeCborTree(Uint8Array.of(1, 2)).node.children?.[0]).toMatchObject({ value: '1', range: [0, 1] })
  expect(decodeCborTree(new Uint8Array()).errors).toEqual(['CBOR: the bytes end before the item does'])
  expect(decodeCborTree(bytes.subarray(0, -2)).node.children?.[0]?.children?.[1]).toMatchObject({
    value: 'thr',
    note: 'the first 3 of 5 bytes',
    error: 'the bytes end before the item does',
  })
})
