import { expect, test } from 'vitest'
import { membersOf } from './json-members.ts'

test('members come in the order of the text, duplicates too, with their place', () => {
  const json = '{ "a" : "x,}\\"" , "b":{"c":[1,{"a":2}]},"a":true }'
  expect(membersOf(json)).toEqual([
    { name: 'a', text: '"x,}\\""', from: 2, to: 15 },
    { name: 'b', text: '{"c":[1,{"a":2}]}', from: 18, to: 39 },
    { name: 'a', text: 'true', from: 40, to: 48 },
  ])
})

test('an empty object has no members', () => {
  expect(membersOf(' { } ')).toEqual([])
})

test('an escaped name is the name that it stands for', () => {
  expect(membersOf('{"\\u0074ype":1}')[0]?.name).toBe('type')
})

test('very long texts are read', () => {
  const long = 'x'.repeat(5_000_000)
  expect(membersOf(JSON.stringify({ a: long, b: '"'.repeat(1_000_000) })).map(({ name }) => name)).toEqual(['a', 'b'])
})
