import { afterEach, expect, test, vi } from 'vitest'
import { later } from '../clock.ts'
import { TookTooLong } from './apart/pool.ts'
import { checkAgainst, issuesOfSchema, TookTooMuch } from './schema-check.ts'
import { slowSchema, slowValue } from './slow-schema-for-tests.ts'

// Threads are ended in these: on a busy machine each takes its time to come up again.
vi.setConfig({ testTimeout: 90_000 })

afterEach(() => {
  vi.restoreAllMocks()
})

const owner = 'tnt_1'
const check = (schema: object, value: unknown) => checkAgainst(JSON.stringify(schema), JSON.stringify(value), owner)
/** The longest that the loop was held meanwhile, in milliseconds. */
async function held(until: Promise<unknown>): Promise<number> {
  let longest = 0
  let last = performance.now()
  const ticking = setInterval(() => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }, 1)
  await until.finally(() => clearInterval(ticking))
  return longest
}

const tooMuch: [what: string, schema: object, value: unknown][] = [
  ['references that double at each level', slowSchema, slowValue],
  ['a long list whose entries are compared', { uniqueItems: true }, Array.from({ length: 60_000 }, (_, n) => ({ n }))],
]

test.each(tooMuch)('%s is ended, and not tried again for a minute; others go on', async (_, schema, value) => {
  const slow = check(schema, value)
  await expect(slow).rejects.toBeInstanceOf(TookTooMuch)
  const began = performance.now()
  await expect(check(schema, 'harmless')).rejects.toBeInstanceOf(TookTooMuch)
  expect(performance.now() - began).toBeLessThan(500)
  expect((await checkAgainst(JSON.stringify(schema), '{}', 'tnt_other')).json).toBe('{}')
  expect(await check({ type: 'number' }, 'x')).toMatchObject({ issues: [{ path: '', message: 'is no number' }] })
  const now = performance.now.bind(performance)
  vi.spyOn(performance, 'now').mockImplementation(() => now() + 61_000)
  expect((await check(schema, {})).json).toBe('{}')
})

test.each([
  ['^(a+)+$', 'a'.repeat(100_000)],
  ['^(a|a)*$', 'a'.repeat(100_000)],
  ['^(([\\p{L}\\W]{9}){9}){9}$', 'é'.repeat(729)],
])('an expression that another engine would not be done with is made, and matched: %s', async (pattern, text) => {
  expect(await issuesOfSchema({ pattern }, owner)).toEqual([])
  expect((await check({ pattern }, text)).issues).toEqual([])
  expect((await check({ pattern }, `${text}!?`)).issues).toEqual([
    { path: '', message: `must match pattern "${pattern}"` },
  ])
})

test('while one tenant’s take too much, another’s waits for none of them, and the loop is free', async () => {
  const [, schema, value] = tooMuch[0] as (typeof tooMuch)[number]
  const another = () => checkAgainst('{"type":"object"}', '{}', 'tnt_2')
  await Promise.all([another(), check({}, {})])
  const done: string[] = []
  const slow = Array.from({ length: 4 }, (_, n) =>
    check({ ...schema, title: `${n}` }, value)
      .catch((error) => error)
      .finally(() => done.push('slow')),
  )
  const all = Promise.all(slow)
  const longest = held(all)
  await another().then(() => done.push('quick'))
  for (const error of await all) expect(error).toBeInstanceOf(TookTooMuch)
  expect(done).toEqual(['quick', 'slow', 'slow', 'slow', 'slow'])
  // In this thread, each of them would have held it for as long as it was let.
  expect(await longest).toBeLessThan(900)
})

test('what a run waits for is never refused, goes first, and has its run’s time', async () => {
  const [, schema, value] = tooMuch[0] as (typeof tooMuch)[number]
  const done: string[] = []
  const quick = (name: string, until?: Date) => checkAgainst('{}', '1', 'tnt_3', until).then(() => void done.push(name))
  const slow = checkAgainst(JSON.stringify(schema), JSON.stringify(value), 'tnt_3').catch((error) => error)
  const others = Promise.all(Array.from({ length: 100 }, () => quick('other')))
  await expect(quick('one more')).rejects.toMatchObject({
    code: 'unavailable',
    details: { headers: { 'Retry-After': '1' } },
  })
  const late = quick('late', later(2_050))
  const ofRuns = Promise.all([quick('run', later(60_000)), quick('run', later(60_000))])
  await expect(late).rejects.toBeInstanceOf(TookTooLong)
  expect(await slow).toBeInstanceOf(TookTooMuch)
  await Promise.all([others, ofRuns])
  expect([done.slice(0, 2), done.length]).toEqual([['run', 'run'], 102])
})

test.each<[string, object]>([
  ['', {}],
  ['a boolean below', { properties: { a: false } }],
  ['references to itself', { $defs: { a: { type: 'string' } }, properties: { b: { $ref: '#/$defs/a' } } }],
  ['words that it does not know', { 'x-note': 1, example: 'a', format: 'email' }],
])('a schema is taken: %s', async (_, schema) => {
  expect(await issuesOfSchema(schema as Record<string, unknown>, owner)).toEqual([])
})

test.each<[string, object, string, RegExp]>([
  ['a type that is none', { properties: { a: { type: 'text' } } }, '/properties/a/type', /./],
  ['a number where a schema belongs', { items: 3 }, '/items', /./],
  ['a reference to elsewhere', { $ref: 'https://acme.example/s.json' }, '/$ref', /outside/],
  ['one in a file', { allOf: [{ $ref: 'other.json#/a' }] }, '/allOf/0/$ref', /outside/],
  ['a reference to nothing', { $ref: '#/$defs/none' }, '', /none/],
  ['an expression that is none', { properties: { a: { pattern: '(' } } }, '', /missing closing \)/],
  ['an expression that looks ahead', { pattern: '^(?=.*[0-9])a' }, '', /look-around/],
  ['a name’s expression that refers back', { patternProperties: { '(a)\\1': true } }, '', /back-references/],
  ['another draft', { $schema: 'http://json-schema.org/draft-07/schema#' }, '/$schema', /draft/],
  ['a name of its own', { $id: 'https://acme.example/s' }, '/$id', /leave it out/],
  ['an answer that comes later', { $async: true, type: 'string' }, '/$async', /leave it out/],
  ['one that is hidden', { $defs: { a: { $dynamicAnchor: 'a', $async: {} } } }, '/$defs/a/$async', /leave it out/],
  ['too long', { description: 'a'.repeat(17_000) }, '', /longer than 16,384/],
])('a schema with %s is refused, and told where', async (_, schema, path, words) => {
  const issues = await issuesOfSchema(schema as Record<string, unknown>, owner)
  expect(issues).toContainEqual({ path, message: expect.stringMatching(words) })
})

test('a few lines of references are not written out into millions', async () => {
  const $defs = Object.fromEntries(
    Array.from({ length: 40 }, (_, n) => [
      `d${n}`,
      { allOf: [{ $ref: `#/$defs/d${n + 1}` }, { $ref: `#/$defs/d${n + 1}` }] },
    ]),
  )
  const schema = { $ref: '#/$defs/d0', $defs: { ...$defs, d40: { type: 'string' } } }
  expect(await issuesOfSchema(schema, owner)).toEqual([])
})

test.each<[what: string, schema: object, value: unknown, issue: object]>([
  ['entries that are no text', { enum: [{ toString: 1 }, 'a'] }, 1, { message: 'is none of {"toString":1}, a' }],
  ['a name of JavaScript’s own', { $dynamicAnchor: 'constructor', $dynamicRef: '#constructor' }, 1, {}],
])('a schema with %s has something against a value, and nothing else fails', async (_, schema, value, issue) => {
  expect(await check(schema, value)).toMatchObject({ issues: [{ path: '', ...issue }] })
})

test('JSON comes back without spaces, and what is none is told apart', async () => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  expect(await checkAgainst('{}', bytes(' { "a" : [ 1 ] } '), owner)).toEqual({ issues: [], json: '{"a":[1]}' })
  for (const text of ['', '{', 'nope', '\ufeff{}x']) {
    expect((await checkAgainst('{}', bytes(text), owner)).json).toBeNull()
  }
  expect((await checkAgainst('{}', Uint8Array.of(0x22, 0xff, 0x22), owner)).json).toBeNull()
  expect((await checkAgainst('{}', bytes('['.repeat(200_000) + ']'.repeat(200_000)), owner)).json).toBeNull()
})
