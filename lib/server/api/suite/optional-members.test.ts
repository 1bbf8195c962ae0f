import { expect, test } from 'vitest'
import type { AuthenticateBegun, AuthenticateFinish, RegisterFinish } from '#lib/contract/passkeys.ts'
import type { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { type CeremonyKind, requestOptionsOf, type WebAuthnOption } from '#lib/webauthn/options.ts'
import { asOwner, Browser, newConsole } from './console-harness.ts'
import { baseUrl, newTenant, refusal, register } from './harness.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import { authorizationUrl, newApp } from './oauth-test-clients.ts'

// Clients in many languages write what they leave out as null, or as the empty value of another shape.

/** The empty values that are none of a member's own shape. */
const emptiesBut = (...own: string[]) =>
  [null, '', [], {}].filter((empty) => !own.includes(JSON.stringify(empty))) as unknown[]

const ownOf: Record<WebAuthnOption['kind'], string> = {
  choice: '""',
  list: '[]',
  algorithms: '[]',
  credentials: '[]',
  milliseconds: '',
  text: '',
  bytes: '',
  extension: '',
}

/** `{ a: { b: value } }` of the path `a.b`. */
const at = (path: string, value: unknown) =>
  path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as Record<string, unknown>

const members: [ceremony: CeremonyKind, path: string, empties: unknown[]][] = [
  ...(['registration', 'authentication'] as const).flatMap((ceremony) =>
    requestOptionsOf(ceremony)
      .filter(({ kind }) => kind !== 'extension')
      .map(({ path, kind }): [CeremonyKind, string, unknown[]] => [
        ceremony,
        `options.${path}`,
        emptiesBut(ownOf[kind]),
      ]),
  ),
  ['registration', 'options.extensions', emptiesBut('{}')],
  ['authentication', 'options.extensions', emptiesBut('{}')],
  ['registration', 'options.authenticatorSelection', emptiesBut('{}')],
  ['registration', 'options', emptiesBut('{}')],
  ['authentication', 'options', emptiesBut('{}')],
  ['registration', 'displayName', emptiesBut('""')],
  ['authentication', 'username', emptiesBut('""')],
]

test.each(members)('a %s begins with an empty %s as without it', async (ceremony, path, empties) => {
  const { client } = await newTenant()
  const begin = async (body: object) =>
    ceremony === 'registration'
      ? (await client.passkeys.register.begin({ username: 'ada', ...body })).publicKey
      : (await client.passkeys.authenticate.begin(body)).publicKey
  const without = await begin({})
  for (const empty of empties) {
    const publicKey: Record<string, unknown> = await begin(at(path, empty))
    const { authenticatorSelection, ...rest } = publicKey
    expect(Object.keys(rest).toSorted(), JSON.stringify(empty)).toEqual(Object.keys(without).toSorted())
    expect(authenticatorSelection ?? {}).toEqual({})
  }
})

/** A credential as the libraries write it that leave nothing out. */
function hollow(credential: object, path: string, value: unknown) {
  const { response, ...outer } = credential as { response: object }
  const [head = '', leaf] = path.split('.')
  return leaf ? { ...outer, response: { ...response, [leaf]: value } } : { ...outer, response, [head]: value }
}

const written: [path: string, empties: unknown[]][] = [
  ['clientExtensionResults', emptiesBut('{}')],
  ['clientExtensionResults', [{ ['x'.repeat(65)]: true }]],
  ['authenticatorAttachment', emptiesBut()],
  ['response.transports', emptiesBut('[]')],
  ['response.userHandle', emptiesBut()],
]

test.each(written)('ceremonies end with %s as %j, which is taken as absent', async (path, empties) => {
  for (const empty of empties) {
    const { client, authenticator } = await newTenant()
    const created = await client.passkeys.register.begin({ username: 'ada' })
    const { passkey, checks } = await client.passkeys.register.finish({
      ceremonyId: created.ceremonyId,
      credential: hollow(authenticator.create(created.publicKey), path, empty),
    } as RegisterFinish)
    expect(passkey.transports).toEqual(path === 'response.transports' ? [] : ['internal'])
    expect(JSON.stringify(checks)).not.toContain('x'.repeat(65))
    const asked = await client.passkeys.authenticate.begin({ username: 'ada' })
    const signedIn = await client.passkeys.authenticate.finish({
      ceremonyId: asked.ceremonyId,
      credential: hollow(authenticator.get(asked.publicKey), path, empty),
    } as AuthenticateFinish)
    expect(signedIn.user.username).toBe('ada')
  }
})

test('a name of an extension that is too long leaves the others as they are', async () => {
  const { client, authenticator } = await newTenant()
  const options = { extensions: { credProps: true } }
  const { ceremonyId, publicKey } = await client.passkeys.register.begin({ username: 'ada', options })
  const clientExtensionResults = { ['x'.repeat(65)]: true, credProps: { rk: true } }
  const credential = authenticator.create(publicKey, { clientExtensionResults })
  const { checks } = await client.passkeys.register.finish({ ceremonyId, credential })
  expect(checks.find(({ id }) => id === 'extensions')?.actual).toBe('credProps')
})

/** Lets every credential of an authenticator say nothing of what it may leave out. */
function leaveOut(authenticator: SoftwareAuthenticator) {
  const { create, get } = authenticator
  const emptied = (credential: ReturnType<typeof create> | ReturnType<typeof get>) => ({
    ...credential,
    clientExtensionResults: [],
    authenticatorAttachment: null,
  })
  authenticator.create = (...given) => {
    const credential = emptied(create.apply(authenticator, given)) as unknown as ReturnType<typeof create>
    return { ...credential, response: { ...credential.response, transports: null } } as never
  }
  authenticator.get = (...given) => emptied(get.apply(authenticator, given)) as never
}

test('the Console takes the same of those who join, sign in, confirm and add a passkey', async () => {
  const { browser, client } = await newConsole()
  leaveOut(browser.authenticator)
  await browser.signIn()
  await browser.confirm('POST /invitations', asOwner)
  const { link } = await client.members.invite(asOwner)
  const guest = new Browser()
  leaveOut(guest.authenticator)
  expect((await guest.join(link, 'Grace')).member.name).toBe('Grace')
  await guest.confirm('POST /passkeys/begin')
  const added = new Browser().authenticator
  leaveOut(added)
  const { ceremonyId, publicKey } = await guest.client.own.addPasskey.begin()
  await guest.client.own.addPasskey.finish({ ceremonyId, credential: added.create(publicKey) })
  expect((await guest.client.own.list()).passkeys).toHaveLength(2)
})

const json = { 'Content-Type': 'application/json' }

test('the pages of OAuth take the same of those who sign up, sign in and look at their apps', async () => {
  const app = await newApp()
  const browser = new OAuthBrowser()
  leaveOut(browser.authenticator)
  await browser.authorize((await authorizationUrl(app, {})).url)
  const again = new OAuthBrowser()
  const uid = await again.arrive((await authorizationUrl(app, {})).url)
  const { ceremonyId, publicKey } = await again.step<AuthenticateBegun>(uid, 'sign-in/begin', { username: null })
  const credential = browser.authenticator.get(publicKey)
  expect(await again.step(uid, 'sign-in/finish', { ceremonyId, credential })).toHaveProperty('location')
  const begun = await (await again.fetch('/account/api/sign-in/begin', { method: 'POST' })).json()
  const finish = { ceremonyId: begun.ceremonyId, credential: browser.authenticator.get(begun.publicKey) }
  const init = { method: 'POST', headers: json, body: JSON.stringify(finish) }
  expect((await again.fetch(`${baseUrl}/account/api/sign-in/finish`, init)).status).toBe(204)
})

test.each([
  'id',
  'rawId',
  'type',
  'response',
  'response.clientDataJSON',
  'response.authenticatorData',
  'response.signature',
])('what has to be there is refused by name where it is null: %s', async (path) => {
  const { client, authenticator, stored } = await newTenant()
  await register(client, authenticator, 'ada')
  const before = await stored()
  const asked = await client.passkeys.authenticate.begin({ username: 'ada' })
  const credential = hollow(authenticator.get(asked.publicKey), path, null)
  const finish = { ceremonyId: asked.ceremonyId, credential } as unknown as AuthenticateFinish
  const problem = await refusal(client.passkeys.authenticate.finish(finish))
  expect([problem.status, problem.code]).toEqual([400, 'invalid_request'])
  expect(problem.issues?.map((issue) => issue.path)).toEqual([`credential.${path}`])
  expect(await stored()).toEqual(before)
})

test('what is there and wrong is refused by name', async () => {
  const { client, authenticator, stored } = await newTenant()
  const { ceremonyId, publicKey } = await client.passkeys.register.begin({ username: 'ada' })
  for (const [path, value] of [
    ['clientExtensionResults', ['credProps']],
    ['response.transports', 'usb'],
    ['response.transports', { usb: true }],
    ['authenticatorAttachment', 7],
  ] as const) {
    const credential = hollow(authenticator.create(publicKey), path, value)
    const problem = await refusal(client.passkeys.register.finish({ ceremonyId, credential } as RegisterFinish))
    expect(problem.issues?.map((issue) => issue.path)).toEqual([`credential.${path}`])
  }
  expect((await stored()).passkeys).toEqual([])
  const credential = authenticator.create(publicKey)
  expect((await client.passkeys.register.finish({ ceremonyId, credential })).user.username).toBe('ada')
})
