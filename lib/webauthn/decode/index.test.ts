import { expect, test } from 'vitest'
import { decoders } from './index.ts'

const samples = [
  [],
  [0],
  Array(37).fill(0),
  Array(64).fill(0xff),
  [0x30, 0x82],
  [0xa1, 0x63],
  [0x9f],
  [...'{"type":1}'].map((c) => c.charCodeAt(0)),
]

test.each(Object.entries(decoders))(
  '%s is read from any bytes without throwing, and says what it is',
  (name, decoder) => {
    expect(decoder.note).toMatch(/^[A-Z].*\.$/)
    for (const sample of samples) {
      const { node, errors } = decoder.decode(Uint8Array.from(sample))
      expect([node.name, node.range]).toEqual([name, [0, sample.length]])
      expect(Array.isArray(errors)).toBe(true)
    }
  },
)
