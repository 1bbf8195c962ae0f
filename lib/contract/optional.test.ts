import { expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { optional } from './optional.ts'

const empties = { nothing: null, text: '', list: [], dictionary: {} }

const members = {
  text: optional(z.string(), 'text'),
  list: optional(z.array(z.string()), 'list'),
  dictionary: optional(z.record(z.string(), z.unknown()), 'dictionary'),
  number: optional(z.int()),
}

test.each(Object.keys(members) as (keyof typeof members)[])('what is empty, but no %s, is absent', (own) => {
  const schema = z.strictObject({ member: members[own] })
  expect(schema.parse({})).toEqual({})
  for (const [shape, member] of Object.entries(empties)) {
    expect(schema.parse({ member }).member, shape).toEqual(shape === own ? member : undefined)
  }
  for (const member of [true, ['a', 1], { a: 1 }].slice(0, own === 'dictionary' ? 2 : 3)) {
    expect(schema.safeParse({ member }).error?.issues[0]?.path[0]).toBe('member')
  }
})

test('a default holds for what is absent, however that is written', () => {
  const schema = z.object({ member: members.dictionary.default({ a: 1 }) })
  for (const given of [{}, { member: null }, { member: [] }]) expect(schema.parse(given)).toEqual({ member: { a: 1 } })
  expect(schema.parse({ member: {} })).toEqual({ member: {} })
})

test('its type is that of an optional member', () => {
  expectTypeOf<z.input<typeof members.list>>().toEqualTypeOf<string[] | undefined>()
  expectTypeOf<z.output<typeof members.number>>().toEqualTypeOf<number | undefined>()
})
