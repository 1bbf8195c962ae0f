import { expect, test } from 'vitest'
import { filterOf, viewOf } from './audit-view.ts'

const actions = ['key.created', 'key.rotated']
const view = (search: string) => viewOf(new URLSearchParams(search), actions)

test('an address that says nothing, or nonsense, asks for everything', () => {
  expect(filterOf(view(''))).toEqual({})
  expect(filterOf(view('action=key.eaten&kind=moons&user=%20&of=prod&from=yesterday&to=2026-13-40&q=%20'))).toEqual({})
  expect(filterOf(view('from=%2B275760-09-13&to=%2B275760-09-13'))).toEqual({})
})

test('days are the reader’s own and whole, the last one too', () => {
  expect(filterOf(view('from=2026-03-28&to=2026-03-28'))).toEqual({
    from: new Date(2026, 2, 28).toISOString(),
    to: new Date(2026, 2, 29).toISOString(),
  })
})

test('everything else is asked for as it is', () => {
  expect(filterOf(view('action=key.rotated&kind=changes&user=ada&of=live&q=+ada+'))).toEqual({
    action: 'key.rotated',
    kind: 'changes',
    user: 'ada',
    environment: 'live',
    q: 'ada',
  })
})
