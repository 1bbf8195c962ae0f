import { expect, test } from 'vitest'
import { ceremonyQueryOf, daysOf, nameOfRange, queryOf, viewOf, whyNoRange } from './usage-range.ts'

const now = Date.parse('2026-06-10T14:20:00Z')
const view = (search: string) => viewOf(new URLSearchParams(search))

test('an address that says nothing, or nonsense, is the test environment’s ceremonies in the range that fits', () => {
  const usual = { environment: 'test', show: 'ceremonies', range: 'fit', from: '', to: '' }
  expect(view('')).toEqual(usual)
  expect(view('environment=prod&range=toString&show=moons')).toEqual(usual)
  expect(ceremonyQueryOf(view(''), now)).toEqual({ environment: 'test' })
})

test('requests are those of the last 30 days, unless told', () => {
  expect(view('show=requests').show).toBe('requests')
  expect(queryOf(view(''), now)).toEqual({
    environment: 'test',
    from: '2026-05-12T00:00:00.000Z',
    to: '2026-06-11T00:00:00.000Z',
  })
})

test('24 hours end with this hour', () => {
  expect(queryOf(view('environment=live&range=24h'), now)).toEqual({
    environment: 'live',
    from: '2026-06-09T15:00:00.000Z',
    to: '2026-06-10T15:00:00.000Z',
  })
})

test('a day that is not over is compared with as much of another: ceremonies are asked for up to this hour', () => {
  expect(ceremonyQueryOf(view('range=7d'), now)).toEqual({ environment: 'test', from: '2026-06-04T00:00:00.000Z' })
  expect(ceremonyQueryOf(view('range=3d'), now)).toEqual({ environment: 'test', from: '2026-06-07T15:00:00.000Z' })
  expect(ceremonyQueryOf(view('from=2026-06-01&to=2026-06-02'), now)).toEqual({
    environment: 'test',
    from: '2026-06-01T00:00:00.000Z',
    to: '2026-06-03T00:00:00.000Z',
  })
})

test('a range has its name by how long it is', () => {
  expect(nameOfRange({ from: '2026-06-09T15:00:00Z', to: '2026-06-10T15:00:00Z' })).toBe('24h')
  expect(nameOfRange({ from: '2026-06-04T00:00:00Z', to: '2026-06-10T15:00:00Z' })).toBe('7d')
  expect(nameOfRange({ from: '2026-06-10T09:00:00Z', to: '2026-06-10T15:00:00Z' })).toBe('6h')
  expect(nameOfRange({ from: '2026-06-01T00:00:00Z', to: '2026-06-06T00:00:00Z' })).toBeUndefined()
})

test('days of one’s own are whole, the last one too', () => {
  const custom = view('from=2026-06-01&to=2026-06-01')
  expect(custom.range).toBe('custom')
  expect(queryOf(custom, now)).toMatchObject({ from: '2026-06-01T00:00:00.000Z', to: '2026-06-02T00:00:00.000Z' })
  expect(daysOf(view('range=7d'), now)).toEqual({ from: '2026-06-04', to: '2026-06-10' })
})

test('days that are no range say why', () => {
  expect(whyNoRange(view('range=7d'))).toBeUndefined()
  expect(whyNoRange(view('from=2026-06-01&to=2026-06-30'))).toBeUndefined()
  expect(whyNoRange(view('from=2026-06-02&to=2026-06-01'))).toMatch(/before the first/)
  expect(whyNoRange(view('from=2026-06-02'))).toMatch(/first and the last/)
  expect(whyNoRange(view('from=2020-06-02&to=2026-06-01'))).toMatch(/year/)
  expect(whyNoRange(view('from=%2B275760-09-13&to=%2B275760-09-13'))).toMatch(/first and the last/)
  expect(whyNoRange(view('from=9999-12-31&to=9999-12-31'))).toMatch(/ten years ahead/)
})
