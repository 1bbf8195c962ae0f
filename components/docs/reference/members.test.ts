import { expect, test } from 'vitest'
import { membersOf, sampleOf } from './members.ts'

const body = {
  type: 'object',
  properties: {
    username: { type: 'string', minLength: 1, maxLength: 64 },
    limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    scopes: { type: 'array', items: { type: 'string', enum: ['a', 'b'] }, minItems: 1 },
    challenge: { type: 'string', minLength: 43, maxLength: 43 },
    options: { type: 'object', properties: { hints: { type: ['array', 'null'], items: { type: 'string' } } } },
  },
  required: ['username', 'scopes'],
}

test('each member has a line of its own, with its kind and what bounds it', () => {
  expect(membersOf(body).map(({ path, kind, limits, isRequired }) => [path, kind, limits, isRequired])).toEqual([
    ['username', 'string', '1–64 characters', true],
    ['limit', 'integer', '1–100, 20 by default', false],
    ['scopes', 'array of string', 'at least 1 item, a · b', true],
    ['challenge', 'string', '43 characters', false],
    ['options', 'object', '', false],
    ['options.hints', 'array of string', '', false],
  ])
})

test('a body begins with what has to be in it', () => {
  expect(sampleOf(body)).toEqual({ username: '', scopes: ['a'] })
})
