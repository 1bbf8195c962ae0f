import { expect, test } from 'vitest'
import { centsOf, draftMistakes, emptyDraft, requestOf } from './skill-draft.ts'

test.each([
  ['0', 0],
  ['0.25', 25],
  ['1.5', 150],
  [' 12 ', 1200],
  ['1,5', undefined],
  ['0.255', undefined],
  ['-1', undefined],
  ['', undefined],
])('“%s” dollars are %s cents', (text, cents) => {
  expect(centsOf(text)).toBe(cents)
})

test('an empty draft says everything that is missing, and a whole one is sent as it stands', () => {
  expect(Object.keys(draftMistakes(emptyDraft('test'))).sort()).toEqual([
    'id',
    'inputSchema',
    'name',
    'outputSchema',
    'url',
  ])
  const draft = {
    ...emptyDraft('live'),
    ...{ id: ' acme.count ', name: 'Count', url: 'https://acme.example/', price: '0.05', timeout: '30' },
    ...{ inputSchema: '{"type":"object"}', outputSchema: '{}' },
  }
  expect(draftMistakes(draft)).toEqual({})
  expect(requestOf(draft)).toEqual({
    ...{ id: 'acme.count', name: 'Count', description: '', url: 'https://acme.example/' },
    ...{ inputSchema: { type: 'object' }, outputSchema: {}, priceAmount: 5, timeoutSeconds: 30 },
  })
})
