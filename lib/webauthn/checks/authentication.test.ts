import { expect, test } from 'vitest'
import { authentication, authenticatorData, type Change, failures, type Row } from './samples.ts'

const refused: Row[] = [
  ['the other ceremony’s type', (c) => (c.clientData.value.type = 'webauthn.create'), 'type'],
  ['id and rawId at odds', (c) => (c.credential.rawId = 'AAAA'), 'credential-id'],
  ['a credential that is not allowed', (c) => (c.expected.allowCredentials = ['AAAA']), 'allow-credentials'],
  ['an unknown credential', (c) => (c.passkey = null), 'credential-known'],
  ['another user’s credential', (c) => (c.passkey.userId = 'user_2'), 'credential-owner'],
  ['another user’s handle', (c) => (c.userHandle = 'b3RoZXI'), 'user-handle'],
  ['a padded handle', (c) => (c.userHandle += '='), 'user-handle'],
  [
    'another user’s handle, usernameless',
    (c) => Object.assign(c, { userHandle: 'b3RoZXI', expected: { ...c.expected, user: null } }),
    'user-handle',
  ],
  [
    'no handle, usernameless',
    (c) => Object.assign(c, { userHandle: null, expected: { ...c.expected, user: null } }),
    'user-handle',
  ],
  ['backup eligibility gained', (c) => (c.authenticatorData.value.flags.be = true), 'backup-eligibility'],
  ['backup eligibility lost', (c) => (c.passkey.backupEligible = true), 'backup-eligibility'],
  ['a signature that is not valid', (c) => (c.signature.valid = false), 'signature'],
  ['a counter that stands still', (c) => (c.authenticatorData.value.signCount = 5), 'sign-count'],
  ['a counter that falls to zero', (c) => (c.authenticatorData.value.signCount = 0), 'sign-count'],
]

test.each(refused)('refuses %s', (_, change, failure) => {
  expect(failures(authentication(change))).toEqual([failure])
})

const accepted: [string, Change][] = [
  ['no handle where a user was named', (c) => (c.userHandle = null)],
  ['an empty handle where a user was named', (c) => (c.userHandle = '')],
  ['the owner’s handle, usernameless', (c) => (c.expected.user = null)],
  ['any credential where none is listed', (c) => (c.expected.allowCredentials = [])],
  ['two counters of zero', (c) => (c.passkey.signCount = c.authenticatorData.value.signCount = 0)],
  [
    'an unverified user where verification is preferred',
    (c) => {
      c.authenticatorData.value.flags.uv = false
      c.expected.userVerification = 'preferred'
    },
  ],
  [
    'a synced passkey',
    (c) => {
      Object.assign(c.authenticatorData.value.flags, { be: true, bs: true })
      c.passkey.backupEligible = true
    },
  ],
  ['attested credential data', (c) => (c.authenticatorData.value = authenticatorData())],
  ['no crossOrigin', (c) => delete c.clientData.value.crossOrigin],
  ['an extension that was not asked for', (c) => (c.clientExtensionResults.appid = false)],
]
test.each(accepted)('takes %s', (_, change) => {
  expect(failures(authentication(change))).toEqual([])
})

/** What an approval was asked for, and the challenge that commits to it. */
const committed = (c: Parameters<Change>[0]) => {
  const action = '{"keyId":"mpk_1","messageHash":"x","type":"mpc.sign"}'
  c.expected.commitment = { action, salt: 'c2FsdA', challenge: c.expected.challenge }
}
const commitmentIn = (change: Change) => authentication(change).find(({ id }) => id === 'action-commitment')

test('an approval shows that its challenge commits to the action, and what to hash again', () => {
  expect(failures(authentication(committed))).toEqual([])
  expect(commitmentIn(committed)).toMatchObject({
    outcome: 'pass',
    expected: expect.stringMatching(/: SHA-256 of the bytes c2FsdA \(base64url\) and \{"keyId":"mpk_1",.*\}$/),
    actual: 'the same',
  })
  expect(commitmentIn(() => {})).toBeUndefined()
})

test('a challenge of another action is refused, also where it is the one that was issued', () => {
  const another: Change = (c) => {
    committed(c)
    c.expected.commitment.challenge = 'b3RoZXI'
  }
  expect(failures(authentication(another))).toEqual(['action-commitment'])
})

test('client data that does not decode leaves the commitment open, and is refused by itself', () => {
  const unread: Change = (c) => {
    committed(c)
    c.clientData = { ...c.clientData, value: undefined }
  }
  expect(commitmentIn(unread)?.outcome).toBe('skipped')
  expect(failures(authentication(unread))).toContain('client-data-json')
})
