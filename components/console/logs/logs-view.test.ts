import { expect, test } from 'vitest'
import { everything, isRequestId, logsPath, queryOf, viewOf } from './logs-view.ts'

const of = (query: string) => viewOf(new URLSearchParams(query))
const now = Date.parse('2026-11-27T12:00:00Z')

test('an address asks for the last day, unless it says another time', () => {
  expect(queryOf(of(''), now)).toEqual({ environment: 'test', from: '2026-11-26T12:00:00.000Z' })
  expect(queryOf(of('range=1h&environment=live'), now)).toEqual({
    environment: 'live',
    from: '2026-11-27T11:00:00.000Z',
  })
  expect(queryOf(of('from=2026-11-20&to=2026-11-21T06:00:00Z&range=1h'), now)).toEqual({
    environment: 'test',
    from: '2026-11-20T00:00:00.000Z',
    to: '2026-11-21T06:00:00.000Z',
  })
})

test('filters are the API’s own members, and what is said wrongly is not said', () => {
  expect(of('status=4xx&user= ada &code=not_found&key=k&q=x').values).toEqual({
    status: '4xx',
    user: 'ada',
    code: 'not_found',
    key: 'k',
  })
  expect(of('status=bad&from=soon&range=2y&environment=prod')).toMatchObject({
    environment: 'test',
    range: '24h',
    from: '',
    values: {},
  })
})

test('every filter can be taken away, and a link has what it says', () => {
  const all = new URLSearchParams('status=4xx&user=ada&code=c&reason=r&operation=o&key=k&client=c&address=a&range=7d')
  for (const name of Object.keys(everything)) all.delete(name)
  expect(all.toString()).toBe('')
  expect(logsPath('live', { request: 'r' })).toBe('/console/logs?environment=live&request=r')
  expect(logsPath('test', {})).toBe('/console/logs')
})

test('an id of a request is told from a username', () => {
  expect(isRequestId('01a21d3c-36d9-714b-b4c0-08cb3764e4fe')).toBe(true)
  for (const name of ['ada', 'usr_4fQ9mZ7hLw2c', '01a21d3c-36d9']) expect(isRequestId(name)).toBe(false)
})
