import { expect, test } from 'vitest'
import { draftMistakes, emptyDraft, requestOf } from './skill-draft.ts'

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
    ...{ id: ' acme.count ', name: 'Count', url: 'https://acme.example/', priceAmount: '0.05', timeoutSeconds: '30' },
    ...{ inputSchema: '{"type":"object"}', outputSchema: '{}' },
  }
  expect(draftMistakes(draft)).toEqual({})
  expect(requestOf(draft)).toEqual({
    ...{ id: 'acme.count', name: 'Count', description: '', url: 'https://acme.example/' },
    ...{ inputSchema: { type: 'object' }, outputSchema: {}, priceAmount: 5, timeoutSeconds: 30 },
  })
})

test.each([
  ['url', 'api.acme.example/translate', /from https:\/\/ on/],
  ['priceAmount', '0.255', /dollars and cents/],
  ['timeoutSeconds', 'soon', /whole seconds/],
  ['outputSchema', '[]', /has to be an object/],
] as const)('a mistake is said before the server is asked: %s “%s”', (field, text, said) => {
  expect(draftMistakes({ ...emptyDraft('test'), [field]: text })[field]).toMatch(said)
})
