import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { errorEntries } from './error-entries.ts'
import { type ErrorCode, errors } from './errors.ts'
import { errorsOf, operationsThatAnswer } from './operation-errors.ts'
import { type Operation, operations } from './operations.ts'

const codes = Object.keys(errors) as ErrorCode[]

test.each(codes)('%s has an entry that says what it means, why it happens and what to do', (code) => {
  const { meaning, causes } = errorEntries[code]
  expect(causes.length).toBeGreaterThan(0)
  for (const text of [meaning, ...causes.flatMap(({ because, help }) => [because, help])]) {
    expect(text).toMatch(/^[\p{Lu}`].*\.$/u)
    expect(text.split('`').length % 2, text).toBe(1)
  }
})

test('every entry stands on the page that a problem leads to, once', () => {
  const files = readdirSync('docs/errors').map((name) => readFileSync(`docs/errors/${name}`, 'utf8'))
  const headings = files.flatMap((text) => [...text.matchAll(/^## (\w+)\n\n<Entry code="(\w+)" \/>$/gm)])
  expect(headings.map(([, heading]) => heading).sort()).toEqual([...codes].sort())
  for (const [, heading, code] of headings) expect(code).toBe(heading)
})

test('every entry has code that handles it, or says where there is some, unless only this server’s own pages meet it', () => {
  const files = readdirSync('docs/errors').map((name) => readFileSync(`docs/errors/${name}`, 'utf8'))
  const entries = files.flatMap((text) => text.split(/^## /m).slice(1))
  expect(entries).toHaveLength(codes.length)
  const without = entries.filter((text) => !/^```(?:sh|ts|python)|^The code of \[\w+\]\(#/m.test(text))
  for (const code of without.map((text) => text.slice(0, text.indexOf('\n')) as ErrorCode))
    expect([code, operationsThatAnswer(code)]).toEqual([code, []])
})

test('an operation names its codes, those of every call and its own', () => {
  for (const operation of Object.keys(operations) as Operation[]) expect(errorsOf(operation)).toContain('rate_limited')
  expect(errorsOf('passkeys.register.finish')).toContain('passkey_exists')
  expect(errorsOf('tenant.read')).not.toContain('passkey_exists')
  expect(operationsThatAnswer('passkey_exists')).toEqual(['passkeys.register.finish'])
  expect(operationsThatAnswer('internal')).toBe('every')
  expect(operationsThatAnswer('session_required')).toEqual([])
})
