import { expect, test } from 'vitest'
import { auditOfUser, listAudit } from '../../audit/audit.ts'
import { newTenant, refusedWith, register, signIn } from './harness.ts'

type Home = Awaited<ReturnType<typeof newTenant>>

const log = async (home: Home) => (await listAudit(home.tenant.id, { limit: 100, kind: 'sign-ins' })).data

/** A sign-in whose signature is not the passkey's. */
async function signInWrongly({ client, authenticator }: Home, username?: string) {
  const { ceremonyId, publicKey } = await client.passkeys.authenticate.begin(username ? { username } : {})
  const credential = authenticator.get(publicKey)
  const response = { ...credential.response, signature: 'MAYCAQECAQE' }
  return refusedWith(client.passkeys.authenticate.finish({ ceremonyId, credential: { ...credential, response } }))
}

test('a sign-in is one event: who signed in, with which passkey, through which key; a registration says for whom', async () => {
  const home = await newTenant()
  const { user, passkey } = await register(home.client, home.authenticator, 'ada')
  await signIn(home.client, home.authenticator)
  const whom = { id: user.id, username: 'ada' }
  expect(await log(home)).toEqual([
    expect.objectContaining({
      action: 'user.signed_in',
      environment: 'test',
      actor: { type: 'user', id: user.id, name: 'ada' },
      requestId: expect.stringMatching(/./),
      target: { id: passkey.id, name: passkey.name },
      user: whom,
      before: null,
      after: { key: 'test', keyId: home.key.id, userVerified: true },
    }),
  ])
  const { data } = await listAudit(home.tenant.id, { limit: 100, action: 'passkey.registered' })
  expect(data).toMatchObject([{ actor: { type: 'key' }, user: whom }])
})

test('a refused sign-in is an event of the user who was named, or whose passkey came, with its reason', async () => {
  const home = await newTenant()
  const { user, passkey } = await register(home.client, home.authenticator, 'ada')
  expect(await signInWrongly(home)).toEqual([401, 'verification_failed'])
  expect(await signInWrongly(home, 'ada')).toEqual([401, 'verification_failed'])
  await expect.poll(() => log(home)).toHaveLength(2)
  for (const event of await log(home)) {
    expect(event).toMatchObject({
      action: 'user.sign_in_refused',
      actor: { type: 'key', id: home.key.id },
      target: { id: passkey.id },
      user: { id: user.id, username: 'ada' },
      after: { reason: 'signature' },
    })
  }
})

test('where nobody is known whose sign-in it would be, nothing is written', async () => {
  const [home, other] = [await newTenant(), await newTenant()]
  await register(home.client, home.authenticator, 'ada')
  const { ceremonyId, publicKey } = await other.client.passkeys.authenticate.begin({})
  const credential = home.authenticator.get(publicKey)
  const finish = other.client.passkeys.authenticate.finish({ ceremonyId, credential })
  expect(await refusedWith(finish)).toEqual([401, 'verification_failed'])
  await signIn(home.client, home.authenticator)
  expect(await log(home)).toHaveLength(1)
  expect(await log(other)).toEqual([])
})

test('of refused sign-ins of one user five a minute are written, and all of another’s', async () => {
  const home = await newTenant()
  const { user: ada } = await register(home.client, home.authenticator, 'ada')
  for (let time = 0; time < 8; time++) await signInWrongly(home, 'ada')
  const { user: bob } = await register(home.client, home.authenticator, 'bob')
  await signInWrongly(home, 'bob')
  await signIn(home.client, home.authenticator, 'ada')
  const of = async (id: string) => (await auditOfUser(home.tenant.id, 'test', id)).data.map(({ action }) => action)
  const refused = Array.from({ length: 5 }, () => 'user.sign_in_refused')
  await expect.poll(() => of(ada.id)).toEqual(['user.signed_in', ...refused, 'passkey.registered'])
  await expect.poll(() => of(bob.id)).toEqual(['user.sign_in_refused', 'passkey.registered'])
})

test('events are found by whom they are about: by id, by name, by a part of it; never those of another tenant', async () => {
  const [home, other] = [await newTenant(), await newTenant()]
  const { user } = await register(home.client, home.authenticator, 'ada.lovelace')
  await register(home.client, home.authenticator, 'bob')
  await register(other.client, other.authenticator, 'ada.lovelace')
  const found = async (query: object, { tenant } = home) =>
    (await listAudit(tenant.id, { limit: 100, ...query })).data.map(({ user }) => user?.username)
  expect(await found({ user: user.id })).toEqual(['ada.lovelace'])
  expect(await found({ user: 'ada.lovelace' })).toEqual(['ada.lovelace'])
  expect(await found({ q: 'ADA.L' })).toEqual(['ada.lovelace'])
  expect(await found({ user: 'ada' })).toEqual([])
  expect(await found({ user: user.id }, other)).toEqual([])
  await home.addKey('test', ['passkeys:manage']).then(({ client }) => deleteAll(client, 'ada.lovelace'))
  expect(await found({ user: 'ada.lovelace' })).toEqual(['ada.lovelace', 'ada.lovelace'])
})

async function deleteAll(client: Home['client'], username: string): Promise<void> {
  for (const { id } of (await client.passkeys.list({ username })).data) await client.passkeys.delete(id)
}
