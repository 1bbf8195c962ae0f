import { expect, test } from 'vitest'
import { clientCreate } from '#lib/contract/oauth.ts'
import { draftMistakes, emptyDraft, requestOf } from './client-draft.ts'

const draft = {
  ...emptyDraft('test'),
  name: ' Wallet ',
  scopes: ['openid'],
  redirectUris: ['https://a.example/callback ', ' '],
} as const

test('a draft says what is missing, and nothing once it is there', () => {
  expect(Object.keys(draftMistakes(emptyDraft('test')))).toEqual(['name', 'redirectUris', 'scopes'])
  expect(Object.keys(draftMistakes({ ...draft, grants: [] }))).toEqual(['grants'])
  expect(draftMistakes(draft)).toEqual({})
})

test('a draft without mistakes is a request that the server understands', () => {
  const { environment, ...request } = requestOf(draft)
  expect(environment).toBe('test')
  expect(clientCreate.parse(request)).toEqual({
    name: 'Wallet',
    type: 'public',
    grants: ['authorization_code', 'refresh_token'],
    redirectUris: ['https://a.example/callback'],
    scopes: ['openid'],
    optionalScopes: [],
    dpopRequired: false,
  })
})

test('where nobody comes back, no redirect URI is asked for or sent', () => {
  const machine = { ...draft, type: 'confidential', grants: ['client_credentials'], redirectUris: [] } as const
  expect(draftMistakes(machine)).toEqual({})
  expect(requestOf({ ...machine, redirectUris: ['https://left.over/'] }).redirectUris).toEqual([])
})
