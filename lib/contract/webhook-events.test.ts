import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { webhookEventTypeNames } from './webhook-event-types.ts'
import { catalogue, exampleOf, maxPayloadBytes, webhookData, webhookPayload } from './webhook-events.ts'

test.each(webhookEventTypeNames)('%s has a sentence, and an example that its own schema takes', (type) => {
  const entry = catalogue('2026-11-26T10:00:00.000Z').find((one) => one.type === type)
  expect(entry?.description).toMatch(/^[A-Z].*\.$/)
  expect(webhookData[type].parse(exampleOf(type))).toEqual(exampleOf(type))
  expect(webhookPayload.parse(entry?.example)).toEqual(entry?.example)
  expect(entry?.schema.required).toEqual(Object.keys(webhookData[type].shape))
  expect(webhookData[type].safeParse({}).success).toBe(false)
})

test.each(webhookEventTypeNames)('the documentation says what %s holds', (type) => {
  const row = readFileSync('docs/webhooks.mdx', 'utf8')
    .split('\n')
    .find((line) => line.startsWith(`| \`${type}\` `))
  const said = row?.split('|')[3]?.match(/(?<=`)\w+(?=`)/g)
  expect(said).toEqual(Object.keys(webhookData[type].shape))
})

test('the schemas are made once, however often the catalogue is asked for', () => {
  const [first, again] = [catalogue('2026-11-26T10:00:00.000Z'), catalogue('2026-11-26T11:00:00.000Z')]
  for (const [index, { schema }] of first.entries()) expect(again[index]?.schema).toBe(schema)
  expect(again[0]?.example.timestamp).toBe('2026-11-26T11:00:00.000Z')
})

test('a payload stays small with names as long as names can be', () => {
  for (const type of webhookEventTypeNames) {
    const longest = Object.fromEntries(
      Object.entries(exampleOf(type)).map(([name, value]) => [
        name,
        typeof value === 'string' ? '😀'.repeat(256) : Array.isArray(value) ? Array(32).fill('x'.repeat(64)) : value,
      ]),
    )
    const payload = JSON.stringify({ type, timestamp: new Date().toISOString(), data: longest })
    expect(Buffer.byteLength(payload)).toBeLessThan(maxPayloadBytes)
  }
})
