import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { exampleMistake, exampleOf, lineOfPointer, pretty, readJson, readObject, schemaOf } from './schema-text.ts'

test('what is no JSON is said with its line', () => {
  expect(readObject('{\n  "a": 1,\n  b\n}')).toEqual({ mistake: expect.stringMatching(/^Line 3:/) })
  expect(readObject('{\n  "a": 1')).toEqual({ mistake: expect.stringMatching(/^Line 2:/) })
  expect(readObject('[]')).toEqual({ mistake: expect.stringMatching(/braces/) })
  expect(readObject(' ')).toEqual({ mistake: 'Nothing stands here yet.' })
  expect(readObject('{"type":"object"}')).toEqual({ value: { type: 'object' } })
})

test('a pointer leads to its line', () => {
  const text = pretty({ type: 'object', properties: { a: { type: 'string' }, 'b/c': { type: 'text' } } })
  expect(lineOfPointer(text, '/properties/b~1c/type')).toBe(8)
  expect(lineOfPointer(text, '/properties/a')).toBe(4)
  expect(lineOfPointer(text, '')).toBe(1)
})

test('an example is of the schema that is made from it', () => {
  const example = { text: 'text', count: 1, list: [true], deep: { none: null } }
  const schema = schemaOf(example)
  expect(schema).toMatchObject({
    type: 'object',
    required: ['text', 'count', 'list', 'deep'],
    additionalProperties: false,
  })
  expect(exampleOf(schema)).toEqual(example)
  expect(schemaOf(1.5)).toEqual({ type: 'number' })
})

test.each([
  ['{ "text": "four" }', undefined],
  ['{ "type": "passkey", "at": 4 }', undefined],
  ['{ "text": "four"', /^Line 1:/],
  ['{ "type": "object", "properties": {} }', /a schema already/],
  ['{ "$schema": "https://json-schema.org/draft/2020-12/schema" }', /a schema already/],
] as const)('what cannot be an example is told: %s', (text, said) => {
  const mistake = exampleMistake(readJson(text))
  if (said) expect(mistake).toMatch(said)
  else expect(mistake).toBeUndefined()
})

test.each<object>([
  { type: 'string', minLength: 12 },
  { type: 'string', maxLength: 2 },
  { type: 'string', description: 'What to say.', minLength: 3, maxLength: 3 },
  { type: 'integer', exclusiveMinimum: 9 },
  { type: 'number', maximum: 0.5 },
  { type: 'array', items: { type: 'boolean' }, minItems: 3 },
])('an example is of the schema %j', (schema) => {
  const ajv = new Ajv2020()
  expect([ajv.validate(schema, exampleOf(schema)), ajv.errors]).toEqual([true, null])
})

test('an example takes what the schema says of one', () => {
  expect(exampleOf({ enum: ['x', 'y'] })).toBe('x')
  expect(exampleOf({ type: 'string', default: 'd' })).toBe('d')
  expect(exampleOf({ anyOf: [{ type: 'integer', minimum: 3 }] })).toBe(3)
  expect(exampleOf({ type: 'object', required: ['a'], properties: { a: { const: 1 }, b: {} } })).toEqual({ a: 1 })
  const endless: Record<string, unknown> = { type: 'array' }
  endless.items = endless
  expect(pretty(exampleOf(endless))).toContain('null')
})
