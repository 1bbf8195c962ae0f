import { expect, test } from 'vitest'
import { type ErrorCode, errors, errorType } from '#lib/contract/errors.ts'
import { ApiError, apiErrorOf } from './api-error.ts'
import * as classes from './errors.ts'

const problemOf = (code: string) => ({
  ...{
    type: errorType(code as ErrorCode, 'https://auth.example'),
    title: 'No',
    status: 429,
    detail: 'Not now.',
    code: code as ErrorCode,
  },
  requestId: 'req_1',
})

test('every code of the table has a class of its own, named by it', () => {
  const made = Object.keys(errors).map((code) => apiErrorOf(problemOf(code), undefined))
  for (const error of made) {
    expect(error).toBeInstanceOf(ApiError)
    expect(new Map(Object.entries(classes)).get(error.name)).toBe(error.constructor)
    expect(
      error.name
        .replace(/Error$/, '')
        .replace(/(?<=.)[A-Z]/g, '_$&')
        .toLowerCase(),
    ).toBe(error.code)
  }
  expect(new Set(made.map((error) => error.constructor)).size).toBe(Object.keys(classes).length)
})

test('an error says what its problem says', () => {
  const error = apiErrorOf(problemOf('rate_limited'), 7)
  expect(error).toBeInstanceOf(classes.RateLimitedError)
  expect(error).not.toBeInstanceOf(classes.ConcurrencyLimitedError)
  expect(error).toMatchObject({
    ...{ name: 'RateLimitedError', code: 'rate_limited', status: 429, requestId: 'req_1', retryAfter: 7 },
    ...{
      docs: errorType('rate_limited', 'https://auth.example'),
      problem: problemOf('rate_limited'),
      message: 'No: Not now.',
    },
  })
})

test('a code of a newer server is an ApiError all the same', () => {
  const error = apiErrorOf(problemOf('out_of_moons'), undefined)
  expect([error.constructor, error.name, error.code]).toEqual([ApiError, 'ApiError', 'out_of_moons'])
})
