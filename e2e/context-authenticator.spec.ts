import { ContextAuthenticator } from '#lib/testing/context-authenticator.ts'
import type { VirtualCredential } from '#lib/testing/page-authenticator.ts'
import { registered } from '#lib/testing/registered.ts'
import { expect, test } from './fixtures.ts'

test('the authenticator that browsers without one get registers, signs in, and says what it cannot do', async ({
  baseURL,
  page,
  tenant,
  playground,
}) => {
  await expect(ContextAuthenticator.attach(page, { hasPrf: true })).rejects.toThrow('It was asked for hasPrf.')
  const authenticator = await ContextAuthenticator.attach(page, { transport: 'internal' })
  await playground.open(tenant.key, 'ada')
  const made = authenticator.nextCredential()
  await playground.registers()
  const { credentialId, rpId, signCount } = await made
  expect({ rpId, signCount }).toEqual({ rpId: 'localhost', signCount: 0 })

  const used = authenticator.nextAssertion()
  await playground.authenticates()
  expect(await used).toMatchObject({ credentialId, signCount: 1 })
  await expect(authenticator.setUserVerified(false)).rejects.toThrow('its user always says yes')

  // Out of one authenticator, and into it again: it goes on where it was.
  const [kept] = await authenticator.credentials()
  await authenticator.forget(credentialId)
  expect(await authenticator.credentials()).toEqual([])
  await playground.authenticate.click()
  await playground.expectState('error')
  await authenticator.add(kept as VirtualCredential)
  const again = authenticator.nextAssertion()
  await playground.authenticates()
  expect(await again).toMatchObject({ credentialId, signCount: 2 })

  // And one that was made in Node.
  const server = { url: baseURL ?? '', apiKey: tenant.key, stop: async () => undefined }
  const { bea } = await registered(server, ['bea'])
  await authenticator.add(bea as VirtualCredential)
  await playground.username.fill('bea')
  await playground.authenticates()
  expect(await playground.claims()).toMatchObject({ preferred_username: 'bea' })
})
