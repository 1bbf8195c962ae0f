import { expect, test } from 'vitest'
import { attemptFailure } from '#lib/contract/webhooks.ts'
import { endedWith, howItEnded, statusWords, whatToDo } from './failure-words.ts'

test('every class of failure has a word for the log, and something to do about it', () => {
  for (const failure of attemptFailure.options) {
    expect(endedWith(null, failure)).toMatch(/^[A-Za-z ]+$/)
    expect(whatToDo({ status: null, failure })).toMatch(/\.$/)
  }
})

test('an answer goes by its status, and by its name where that is known', () => {
  expect(endedWith(503, 'status')).toBe('503')
  expect(statusWords(503)).toBe('503 Service Unavailable')
  expect(statusWords(599)).toBe('599')
  expect(howItEnded({ status: null, failure: 'dns', words: 'The name x has no address.' })).toMatch(/no address/)
})

test('what to do depends on the answer, and of what arrived there is nothing to do', () => {
  expect(whatToDo({ status: 404, failure: 'status' })).toMatch(/path/)
  expect(whatToDo({ status: 500, failure: 'status' })).toMatch(/own log/)
  expect(whatToDo({ status: 418, failure: 'status' })).toMatch(/any 2xx/)
  expect(whatToDo({ status: 302, failure: 'redirect' })).toMatch(/not followed/)
  expect(whatToDo({ status: 200, failure: null })).toBeUndefined()
})
