import { expect, test } from 'vitest'
import { attemptRegistration, attemptSignIn } from './ceremonies-harness.ts'
import { newTenant, refusal, refusedWith } from './harness.ts'

test.each<[what: string, username: string]>([
  ['1 code point', 'a'],
  ['64 code points', 'x'.repeat(64)],
  ['64 code points beyond the basic plane', '🔑'.repeat(64)],
  ['64 code points once composed', 'e\u0301'.repeat(64)],
  ['inner white space', 'Ada Lovelace'],
  ['another script', 'أدا'],
  ['a mail address', 'ada+demo@example.com'],
  ['what is markup elsewhere', '<b>"ada"</b>'],
])('a username of %s registers and signs in', async (_, username) => {
  const tenant = await newTenant()
  const { user } = await attemptRegistration(tenant, { username })
  expect(user.username).toBe(username.normalize('NFC'))
  expect((await attemptSignIn(tenant, { username })).user).toEqual(user)
})

test.each<[what: string, username: unknown]>([
  ['nothing', ''],
  ['blanks', '   '],
  ['leading white space', ' ada'],
  ['trailing white space', 'ada\u00a0'],
  ['a control character', 'ada\u0000'],
  ['a line break', 'a\nda'],
  ['a C1 control', 'ada\u0085x'],
  ['a bidi override', 'a\u202eda'],
  ['a bidi isolate', 'a\u2066da'],
  ['a zero-width space', 'a\u200bda'],
  ['a zero-width joiner', 'a\u200dda'],
  ['a byte order mark', 'a\ufeffda'],
  ['a lone surrogate', 'ada\ud800x'],
  ['65 code points', 'x'.repeat(65)],
  ['10,000 code points', 'x'.repeat(10_000)],
  ['a number', 7],
])('a username of %s is refused, to register and to sign in', async (_, name) => {
  const { client, stored } = await newTenant()
  const username = name as string
  for (const call of [client.passkeys.register.begin, client.passkeys.authenticate.begin]) {
    const problem = await refusal(call({ username }))
    expect([problem.status, problem.code]).toEqual([400, 'invalid_request'])
    expect(problem.issues?.map(({ path }) => path)).toEqual(['username'])
  }
  expect(await stored()).toEqual({ users: [], passkeys: [] })
})

test.each([{}, { username: null }])('a registration without a username is refused: %j', async (body) => {
  const { client } = await newTenant()
  const problem = await refusal(client.passkeys.register.begin(body as unknown as { username: string }))
  expect(problem.issues?.map(({ path }) => path)).toEqual(['username'])
})

test('names that are equal after NFC are one user', async () => {
  const tenant = await newTenant()
  const { user } = await attemptRegistration(tenant, { username: 'Zo\u00eb' })
  expect(await refusedWith(attemptRegistration(tenant, { username: 'Zoe\u0308' }))).toEqual([403, 'user_exists'])
  expect((await attemptSignIn(tenant, { username: 'Zoe\u0308' })).user).toEqual(user)
  expect((await tenant.stored()).users).toHaveLength(1)
})

test('names that differ in case are two users', async () => {
  const tenant = await newTenant()
  const [lower, upper] = [
    await attemptRegistration(tenant, { username: 'ada' }),
    await attemptRegistration(tenant, { username: 'Ada' }),
  ]
  expect(upper.user.id).not.toBe(lower.user.id)
})

test('a display name is kept as it was given, and is the username where none was', async () => {
  const { client } = await newTenant()
  const of = async (body: { username: string; displayName?: string }) =>
    (await client.passkeys.register.begin(body)).publicKey.user
  expect(await of({ username: 'ada', displayName: 'Ada Lovelace' })).toMatchObject({
    name: 'ada',
    displayName: 'Ada Lovelace',
  })
  expect(await of({ username: 'ada' })).toMatchObject({ name: 'ada', displayName: 'ada' })
})
