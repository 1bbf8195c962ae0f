import { ContextAuthenticator } from '#lib/testing/context-authenticator.ts'
import { expect, test } from './fixtures.ts'

test('the authenticator that browsers without one get registers, signs in, and says what it cannot do', async ({
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

  await authenticator.forget(credentialId)
  expect(await authenticator.credentials()).toEqual([])
})
