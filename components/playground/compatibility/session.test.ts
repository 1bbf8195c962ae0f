import { expect, test } from 'vitest'
import { keepSession, newSession, passkeyOf, sessionOf, type TestPasskey } from './session.ts'

const passkey = { holder: 'none', passkeyId: 'psk_1' } as TestPasskey

test('the test of a key is there again once its key is, with the passkeys that are to be removed', () => {
  keepSession({ ...newSession('one'), passkeys: [passkey] })
  expect(passkeyOf(sessionOf('another'), 'none')).toBeUndefined()
  keepSession({ ...newSession('another'), verdicts: { ids: { outcome: 'skipped', why: '' } } })
  expect(passkeyOf(sessionOf('one'), 'none')).toBe(passkey)
  expect(sessionOf('one').verdicts).toEqual({})
})

test('a test that was not begun is one and the same, however often it is asked for', () => {
  expect(sessionOf('a third')).toBe(sessionOf('a third'))
})
