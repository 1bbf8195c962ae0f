import { expect, test } from 'vitest'
import { changesOf, saidOfModel } from './draft.ts'

const model = 'ee882879-721c-4913-9775-3dfcce97072a'

test('only what differs is sent, models as they are kept', () => {
  const saved = { policy: 'verify', allowedAaguids: [model] } as const
  const draft = (allowedAaguids: string[]) => ({ policy: 'verify' as const, allowedAaguids })
  const held = { ...saved, allowedAaguids: [...saved.allowedAaguids] }
  expect(changesOf(draft([` ${model.toUpperCase()} `, model, '']), held)).toEqual({})
  expect(changesOf(draft([]), held)).toEqual({ allowedAaguids: [] })
  expect(changesOf({ policy: 'require-trusted', allowedAaguids: [model] }, held)).toEqual({ policy: 'require-trusted' })
})

test('where nothing is asked, no list of models holds', () => {
  const held = { policy: 'verify' as const, allowedAaguids: [model] }
  expect(changesOf({ ...held, policy: 'none' }, held)).toEqual({ policy: 'none', allowedAaguids: [] })
})

test('a model is named, and what is none is said once it is left', () => {
  expect(saidOfModel(model, false).note).toMatch(/YubiKey 5/)
  expect(saidOfModel('7ac4e517-0000-4000-8000-0000000000a1', false).note).toMatch(/does not name/)
  expect(saidOfModel('ee88', true)).toEqual({ note: expect.stringMatching(/such as/) })
  expect(saidOfModel('ee88', false).error).toMatch(/“ee88” is no AAGUID/)
  expect(saidOfModel(' ', false)).toEqual({})
})
