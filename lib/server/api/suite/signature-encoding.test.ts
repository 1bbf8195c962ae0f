import { expect, test } from 'vitest'
import { notDer } from '#lib/webauthn/checks/samples.ts'
import { attemptRegistration, attemptSignIn, verdictOn } from './ceremonies-harness.ts'
import { newTenant } from './harness.ts'

const options = { pubKeyCredParams: [-7] }
// Of the smallest signature there is, for their names.
const kinds = notDer(Uint8Array.of(0x30, 6, 2, 1, 1, 2, 1, 1)).map(([what]) => what)

const changed = (what: string) => (signature: Uint8Array) =>
  notDer(signature).find(([name]) => name === what)?.[1] ?? signature

test.each(kinds)('an ECDSA signature with %s signs nobody in, and the passkey stays as it was', async (what) => {
  const tenant = await newTenant()
  await attemptRegistration(tenant, { options })
  const before = await tenant.stored()
  const refused = await verdictOn(attemptSignIn(tenant, { get: { signature: changed(what) } }))
  expect(refused).toMatchObject({ status: 401, code: 'verification_failed' })
  expect(refused.failures).toContain('signature-encoding')
  expect(await tenant.stored()).toEqual(before)
  await attemptSignIn(tenant)
})

test.each(kinds)('an attestation by an ECDSA signature with %s is refused, and nothing is kept', async (what) => {
  const tenant = await newTenant()
  tenant.authenticator.settings.attestation = 'packed'
  const refused = await verdictOn(attemptRegistration(tenant, { options, create: { signature: changed(what) } }))
  expect(refused).toMatchObject({ status: 400, code: 'verification_failed' })
  expect(refused.failures).toContain('signature-encoding')
  expect(await tenant.stored()).toEqual({ users: [], passkeys: [] })
  await attemptRegistration(tenant, { options })
  expect((await tenant.stored()).passkeys).toHaveLength(1)
})

test.each([-8, -257])('a signature of algorithm %i is not DER, and need not be', async (algorithm) => {
  const tenant = await newTenant()
  tenant.authenticator.settings.attestation = 'packed'
  await attemptRegistration(tenant, { options: { pubKeyCredParams: [algorithm] } })
  const { checks } = await attemptSignIn(tenant)
  expect(checks.find(({ id }) => id === 'signature-encoding')?.actual).toBe('no ECDSA signature')
})
