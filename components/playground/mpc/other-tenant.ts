import { Client } from '#lib/sdk/client.ts'
import { type DemoKey, freshUsername } from '../setup/demo-key.ts'

/**
 * A good token of a new user of another tenant, for whom a passkey is made and used.
 *
 * @throws Error where this server lends no other tenant's key
 */
export async function otherTenantsToken(demoKeys: readonly DemoKey[], tenantId: string) {
  const other = demoKeys.find((demo) => demo.tenantId !== tenantId)
  if (!other) throw new Error('This server lends no key of another tenant to try it with.')
  const client = new Client({ apiKey: other.key, maxRetries: 0 })
  const username = freshUsername()
  await client.passkeys.register({ username, options: { authenticatorSelection: { residentKey: 'discouraged' } } })
  const { token } = await client.passkeys.signIn({ username })
  return { apiKey: other.key, token }
}
