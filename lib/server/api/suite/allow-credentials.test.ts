import { expect, test } from 'vitest'
import { attemptRegistration, attemptSignIn, verdictOn } from './ceremonies-harness.ts'
import { newTenant, refusedWith } from './harness.ts'

// A sign-in that names credentials, and no user.

const unheard = (number: number) => Buffer.from(`unheard ${number}`.padEnd(32)).toString('base64url')

/** A tenant in which ada has two passkeys and bob has one; none is discoverable, so that none gives a user handle. */
async function people(type: 'test' | 'live' = 'test') {
  const tenant = await newTenant({ type, scopes: ['passkeys:register', 'passkeys:authenticate', 'passkeys:manage'] })
  const { authenticator } = tenant
  const add = async (username: string, transports: string[]) => {
    authenticator.settings.transports = transports
    const { passkey } = await attemptRegistration(tenant, { username, options: { excludeCredentials: 'none' } })
    return { id: passkey.credentialId, transports }
  }
  const ada = [await add('ada', ['usb', 'nfc']), await add('ada', [])] as const
  const [bob] = [await add('bob', ['internal'])]
  const begin = (...ids: string[]) => tenant.client.passkeys.authenticate.begin({ options: { allowCredentials: ids } })
  return { tenant, ada, bob, begin }
}

test('credentials that are all one user’s name that user, and need no user handle', async () => {
  const { tenant, ada } = await people()
  for (const { id } of ada) {
    const options = { allowCredentials: ada.map(({ id }) => id) }
    const signedIn = await attemptSignIn(tenant, {
      username: null,
      options,
      get: { credentialId: id, userHandle: null },
    })
    expect(signedIn.user.username).toBe('ada')
    expect(signedIn.checks.find((check) => check.id === 'credential-owner')?.outcome).toBe('pass')
  }
})

test('what is known of a named credential is sent along, in the order in which they were named', async () => {
  const { ada, bob, begin } = await people()
  const { publicKey, notes } = await begin(bob.id, unheard(1), ada[1].id, ada[0].id)
  expect(publicKey.allowCredentials).toEqual([
    { type: 'public-key', id: bob.id, transports: ['internal'] },
    { type: 'public-key', id: unheard(1) },
    { type: 'public-key', id: ada[1].id },
    { type: 'public-key', id: ada[0].id, transports: ['usb', 'nfc'] },
  ])
  expect(notes).toEqual([
    expect.stringMatching(/names passkeys of 2 users.* user handle/),
    expect.stringMatching(/^1 of the 4 credentials .* is not registered here/),
  ])
  expect(await begin(ada[0].id, ada[1].id)).not.toHaveProperty('notes')
})

test('credentials of several people need the user handle, as a test environment has said', async () => {
  const { tenant, ada, bob } = await people()
  const options = { allowCredentials: [ada[0].id, bob.id] }
  const before = await tenant.stored()
  const signIn = (userHandle: string | null) =>
    attemptSignIn(tenant, { username: null, options, get: { credentialId: bob.id, userHandle } })
  expect(await verdictOn(signIn(null))).toMatchObject({ status: 401, failures: ['user-handle'] })
  expect(await tenant.stored()).toEqual(before)
  const handle = (username: string) =>
    Buffer.from(before.users.find((user) => user.username === username)?.id ?? '').toString('base64url')
  expect((await verdictOn(signIn(handle('ada')))).failures).toEqual(['user-handle'])
  expect((await signIn(handle('bob'))).user.username).toBe('bob')
})

test('a user that credentials name is bound to the ceremony: no other’s handle, and no other’s passkey', async () => {
  const { tenant, ada, bob } = await people()
  const options = { allowCredentials: [ada[0].id, unheard(1)] }
  const before = await tenant.stored()
  const attempt = (credentialId: string, userHandle: string | null) =>
    verdictOn(attemptSignIn(tenant, { username: null, options, get: { credentialId, userHandle } }))
  const bobsHandle = Buffer.from(before.users.find(({ username }) => username === 'bob')?.id ?? '').toString(
    'base64url',
  )
  expect((await attempt(ada[0].id, bobsHandle)).failures).toEqual(['user-handle'])
  expect((await attempt(bob.id, null)).failures).toEqual(['allow-credentials', 'credential-owner'])
  expect((await attempt(ada[1].id, null)).failures).toEqual(['allow-credentials'])
  expect(await tenant.stored()).toEqual(before)
})

test('credentials of another tenant or environment are unknown here', async () => {
  const [{ tenant, begin }, other] = [await people(), await people()]
  const live = await tenant.addKey('live', ['passkeys:authenticate'])
  const { publicKey, notes } = await begin(other.ada[0].id)
  expect(publicKey.allowCredentials).toEqual([{ type: 'public-key', id: other.ada[0].id }])
  expect(notes).toEqual([expect.stringMatching(/not registered here/)])
  const ids = Array.from({ length: 20 }, (_, number) => unheard(number))
  const begun = await live.client.passkeys.authenticate.begin({ options: { allowCredentials: ids } })
  expect(begun).not.toHaveProperty('notes')
})

test('a live environment answers the same for credentials that it knows and those that it does not', async () => {
  const { tenant, ada, bob, begin } = await people('live')
  const known = [...ada, bob].map(({ id }) => id)
  const ids = Array.from({ length: 60 }, (_, number) => unheard(number))
  const allowed = (begun: Awaited<ReturnType<typeof begin>>) =>
    begun.publicKey.allowCredentials as { id: string; transports?: string[] }[]
  const mixed = await begin(...known, ...ids)
  expect(Object.keys(mixed).toSorted()).toEqual(['ceremonyId', 'expiresAt', 'publicKey'])
  expect(allowed(mixed).map(({ id }) => id)).toEqual([...known, ...ids])
  expect(
    allowed(mixed)
      .slice(0, 3)
      .map(({ transports }) => transports),
  ).toEqual([['usb', 'nfc'], undefined, ['internal']])
  const looks = new Set(
    allowed(mixed)
      .slice(3)
      .map(({ transports }) => transports?.join(' ')),
  )
  expect([...looks].toSorted()).toEqual(['hybrid internal', 'internal', 'usb', undefined])
  // Always the same of an ID, whichever others it is named with and whoever asks.
  expect(allowed(await begin(...ids)).slice(0, 9)).toEqual(allowed(mixed).slice(3, 12))
  const sibling = await tenant.addKey('live', ['passkeys:authenticate'])
  const again = await sibling.client.passkeys.authenticate.begin({ options: { allowCredentials: ids } })
  expect(allowed(again)).toEqual(allowed(mixed).slice(3))
  // Who signs in without a handle may do so by a list of their own, and is told nothing else.
  const get = { credentialId: ada[0].id, userHandle: null }
  const several = attemptSignIn(tenant, { username: null, options: { allowCredentials: known }, get })
  expect(await refusedWith(several)).toEqual([401, 'verification_failed'])
  const own = { allowCredentials: [ada[0].id] }
  expect((await attemptSignIn(tenant, { username: null, options: own, get })).user.username).toBe('ada')
})
