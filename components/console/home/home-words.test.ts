import { expect, test } from 'vitest'
import { changeWords, firstReason, logsPath, percent, periodWords, repairOf } from './home-words.ts'

test('what a range stands beside is said', () => {
  const [at, before] = ['2026-11-26T10:52:30.000Z', '2026-11-19T00:00:00.000Z']
  expect(periodWords({ range: 'today', at, before, times: ['2026-11-26T00:00:00.000Z'] })).toBe(
    'Thursday 26 November, 10:52 UTC · beside last Thursday until the same time',
  )
  expect(
    periodWords({ range: '7d', at, before: '2026-11-13T00:00:00.000Z', times: ['2026-11-20T00:00:00.000Z'] }),
  ).toBe('20 November to 26 November (UTC) · beside as many days from 13 November on')
})

test('a change is told of something, not of nothing', () => {
  expect(changeWords(529, 448)).toEqual({ arrow: '↑', words: '18 % on 448' })
  expect(changeWords(86, 90)).toEqual({ arrow: '↓', words: '4 % on 90' })
  expect(changeWords(5, 5)).toEqual({ arrow: '=', words: 'as many as before' })
  expect(changeWords(5, 0)).toBeUndefined()
  expect([percent(529, 565), percent(1, 2), percent(0, 0)]).toEqual(['93.6 %', '50 %', '–'])
})

test('the first reason is one of the answers that the rate counts, however often begin was refused', () => {
  const of = (operation: string, reason: string, requests: number) => ({
    ...{ kind: 'sign-in' as const, operation, code: reason, reason, requests, actual: null },
  })
  const unknown = of('passkeys.authenticate.begin', 'user_unknown', 9)
  const origin = of('passkeys.authenticate.finish', 'origin', 2)
  expect(firstReason({ reasons: [unknown, origin] })).toEqual(origin)
  expect(firstReason({ reasons: [unknown] })).toBeUndefined()
})

test('a reason leads to its requests and to what mends it', () => {
  expect(repairOf({ reason: 'origin', actual: 'https://app.acme.example' })).toEqual({
    href: '/console/relying-party?allow=https%3A%2F%2Fapp.acme.example',
    label: 'Allow app.acme.example…',
    owners: 'allow app.acme.example',
  })
  expect(repairOf({ reason: 'origin', actual: null })?.href).toBe('/console/relying-party')
  expect(repairOf({ reason: 'signature', actual: null })).toBeUndefined()
  expect(logsPath('today', { operation: 'passkeys.authenticate.finish', reason: 'origin' })).toBe(
    '/console/logs?operation=passkeys.authenticate.finish&reason=origin',
  )
  expect(logsPath('30d')).toBe('/console/logs?status=4xx&range=7d')
})
