import { encode } from 'cborg'
import { expect, test } from 'vitest'
import { decodeCbor } from './cbor.ts'

const error = (bytes: number[]) => {
  const { item, whole } = decodeCbor(Uint8Array.from(bytes))
  const first = item.error ? item : (item.entries?.find(({ key }) => key.error)?.key ?? item.items?.at(-1) ?? item)
  return [whole, first.error]
}

test('one item is read, with every part’s place, and where it ends is told', () => {
  const bytes = Uint8Array.of(...encode(new Map<unknown, unknown>([[1, Uint8Array.of(7, 8)]])), 0xff)
  const { item, end, whole } = decodeCbor(bytes)
  expect(whole).toBe(true)
  expect(end).toBe(5)
  expect(item.value).toEqual(new Map([[1, Uint8Array.of(7, 8)]]))
  expect(item.entries?.map(({ key, item }) => [key.range, item.range])).toEqual([
    [
      [1, 2],
      [2, 5],
    ],
  ])
})

test('what is not CTAP2 canonical is broken, with the reason', () => {
  expect(error([0x18, 0x01])[1]).toMatch(/more bytes than necessary/)
  expect(error([0x58, 0x01, 0x00])[1]).toMatch(/more bytes than necessary/)
  expect(error([0xbf, 0xff])[1]).toMatch(/indefinite/)
  expect(error([0x5f, 0xff])[1]).toMatch(/indefinite/)
  expect(error([0x1b, 0x10, 0, 0, 0, 0, 0, 0, 0])[1]).toMatch(/beyond/)
  expect(error([0x1c])[1]).toBe('not well-formed CBOR')
  expect(error([0xc1, 0x01])[1]).toMatch(/tag/)
  expect(error([0xa2, 0x01, 0x02, 0x01, 0x03])).toEqual([true, 'the key appears twice'])
  expect(error([0x62, 0xff, 0xfe])[1]).toMatch(/UTF-8/)
  expect(error([0x64, 0xef, 0xbb, 0xbf, 0x61])[1]).toMatch(/UTF-8/)
})

test('a key written as integer and as float is one key', () => {
  expect(error([0xa2, 0x01, 0x02, 0xf9, 0x3c, 0x00, 0x03])).toEqual([true, 'the key appears twice'])
})

test('what came before a break-off is kept', () => {
  const { item, whole } = decodeCbor(Uint8Array.of(0x83, 0x01, 0x02, 0x42))
  expect(whole).toBe(false)
  expect(item.items?.map((inner) => inner.type)).toEqual(['uint', 'uint', 'broken'])
})

test('sixteen levels are read, the seventeenth is refused, and ten thousand do no harm', () => {
  const nested = (levels: number) => Uint8Array.from({ length: levels }, (_, at) => (at === levels - 1 ? 0x80 : 0x81))
  expect(decodeCbor(nested(16)).whole).toBe(true)
  expect(decodeCbor(nested(17)).whole).toBe(false)
  expect(decodeCbor(nested(10_000)).whole).toBe(false)
})

test('a length counts only as far as bytes are left for it, to the byte', () => {
  expect(error([0x82, 0x01, 0x02])).toEqual([true, undefined])
  expect(error([0x83, 0x01, 0x02])).toEqual([false, '3 items announced, where 2 bytes are left'])
  expect(error([0xa1, 0x01, 0x02])).toEqual([true, undefined])
  expect(error([0xa2, 0x01, 0x02, 0x03])).toEqual([false, '2 members announced, where 3 bytes are left'])
  expect(error([0x42, 0x01])).toEqual([false, 'the bytes end before the item does'])
  for (const first of [0x5b, 0x7b, 0x9b, 0xbb]) {
    expect(decodeCbor(Uint8Array.of(first, 0, 0x1f, 255, 255, 255, 255, 255, 255)).whole).toBe(false)
    expect(decodeCbor(Uint8Array.of(first, 255, 255, 255, 255, 255, 255, 255, 255)).whole).toBe(false)
  }
  expect(decodeCbor(new Uint8Array()).whole).toBe(false)
})

test('five hundred items are read, wherever they are, and not one more', () => {
  // The array and its array are items, too.
  const holding = (items: number) => encode([1, Array.from({ length: items }, () => new Uint8Array())])
  expect(decodeCbor(holding(497))).toMatchObject({ whole: true, end: holding(497).length })
  const { item, whole } = decodeCbor(holding(498))
  expect(whole).toBe(false)
  expect(item.items?.[1]?.items?.at(-1)).toMatchObject({ type: 'broken', error: 'more than 500 items' })
  expect(item.items?.[1]?.items).toHaveLength(498)
})

test('a key is a number or text', () => {
  const kept = encode(new Map<unknown, unknown>([1, -1, 1.5, 'a'].map((key) => [key, key])))
  expect(decodeCbor(kept).whole).toBe(true)
  for (const [key, type] of [
    [[0x81, 0x01], 'array'],
    [[0xa1, 0x01, 0x01], 'map'],
    [[0x41, 0x01], 'bytes'],
    [[0xf5], 'true'],
    [[0xf6], 'null'],
  ] as const) {
    expect(error([0xa1, ...key, 0x01])).toEqual([false, `a key must be a number or text, and this is ${type}`])
  }
})
