import { expect, test } from 'vitest'
import { attemptRegistration, attemptSignIn, verdictOn } from './ceremonies-harness.ts'
import { newConsole } from './console-harness.ts'
import { baseUrl, newTenant, refusal } from './harness.ts'

const android = `android:apk-key-hash:${Buffer.alloc(32, 7).toString('base64url')}`
const other = `android:apk-key-hash:${Buffer.alloc(32, 8).toString('base64url')}`
const ios = 'ios:bundle-id:com.acme.wallet'

test.each([android, ios])('an app registers and signs in from %s, compared as text', async (origin) => {
  const tenant = await newTenant({ origins: [origin, baseUrl] })
  const { user } = await attemptRegistration(tenant)
  const signedIn = await attemptSignIn(tenant)
  expect(signedIn.user).toEqual(user)
  expect(signedIn.checks.find(({ id }) => id === 'origin')).toMatchObject({ outcome: 'pass', actual: origin })
  expect((await tenant.client.tenant()).relyingParty.origins).toEqual([origin, baseUrl])
  const before = await tenant.stored()
  for (const wrong of [other, `${origin}=`, origin.toUpperCase(), `${origin}/`, 'https://android']) {
    const attempt = attemptSignIn(tenant, { get: { clientData: { origin: wrong } } })
    expect((await verdictOn(attempt)).failures).toEqual(['origin'])
  }
  expect(await tenant.stored()).toEqual(before)
  expect((await attemptSignIn(tenant, { get: { clientData: { origin: baseUrl } } })).user).toEqual(user)
})

test('the Console takes an app’s origin as it stands, and nothing like one', async () => {
  const { client } = await newConsole({ confirms: true })
  const before = await client.relyingParty.read()
  for (const wrong of [`${android}=`, android.slice(0, -1), 'android:apk-key-hash:', 'ios:bundle-id:']) {
    const problem = await refusal(client.relyingParty.update({ origins: [baseUrl, wrong] }))
    expect(problem.issues).toEqual([{ path: 'origins.1', message: expect.stringContaining('app’s origin') }])
  }
  expect(await client.relyingParty.read()).toEqual(before)
  const changed = await client.relyingParty.update({ origins: [baseUrl, android, ios] })
  expect(changed.origins).toEqual([baseUrl, android, ios])
})

test.each([
  ['com', 'public suffix'],
  ['co.uk', 'public suffix'],
  ['github.io', 'public suffix'],
  ['203.0.113.7', 'address'],
  ['-a.b', 'not a domain'],
  ['bücher.example', 'xn--bcher-kva.example'],
])('an RP ID that no browser takes is refused with the reason: %s', async (id, reason) => {
  const { client } = await newConsole({ confirms: true })
  const before = await client.relyingParty.read()
  const problem = await refusal(client.relyingParty.update({ id }))
  expect([problem.status, problem.code]).toEqual([400, 'invalid_request'])
  expect(problem.issues).toEqual([{ path: 'id', message: expect.stringContaining(reason) }])
  expect(await client.relyingParty.read()).toEqual(before)
  expect((await client.relyingParty.update({ id: 'login.acme.example' })).id).toBe('login.acme.example')
})
