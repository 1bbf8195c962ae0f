import { expect, test } from 'vitest'
import { attemptRegistration, attemptSignIn } from './ceremonies-harness.ts'
import { newTenant } from './harness.ts'

const secret = 'c2VjcmV0'

/** What a client says of its extensions, with what is nobody else's among it. */
const clientExtensionResults = {
  credProps: { rk: true },
  prf: { enabled: true, results: { first: secret, second: secret } },
  largeBlob: { supported: true, blob: secret },
  getCredBlob: secret,
}

test('outputs of extensions refuse nothing, and what is in them is neither kept nor answered', async () => {
  const tenant = await newTenant()
  const asked = {
    extensions: { credProps: true, prf: { eval: { first: 'AAAA' } }, largeBlob: { support: 'preferred' } },
  }
  const registered = await attemptRegistration(tenant, { options: asked, create: { clientExtensionResults } })
  const signedIn = await attemptSignIn(tenant, { get: { clientExtensionResults } })
  const outputs = registered.checks.find(({ id }) => id === 'extensions')
  expect(outputs?.actual).toBe('credProps, prf, largeBlob, getCredBlob')
  const all = JSON.stringify([registered, signedIn, await tenant.stored()], (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  )
  expect(all).toContain(registered.passkey.credentialId)
  expect(all).not.toContain(secret)
})
