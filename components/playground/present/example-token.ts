import { generateKeyPair, SignJWT } from 'jose'
import type { User } from '#lib/contract/passkeys.ts'
import { audienceOf, type TokenClaims } from '#lib/contract/token.ts'

/** Two customers that are in no database. */
export const exampleTenants = [
  { id: 'tnt_exampleAcme', name: 'Acme Wallet' },
  { id: 'tnt_exampleGlobex', name: 'Globex Pay' },
] as const

/** How long an example of a token says that it is good. */
export const exampleSeconds = 3600

/** Of a domain that is nobody's. @see https://www.rfc-editor.org/rfc/rfc6761#section-6.4 */
const issuer = 'https://example.invalid'

/** A token as the server issues them, but for its signature, whose key is gone once it is made, and an issuer that is nobody. */
export async function exampleToken(
  tenant: (typeof exampleTenants)[number],
  { user, passkeyId }: { user: User; passkeyId: string },
): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256')
  const now = Math.floor(Date.now() / 1_000)
  const claims: TokenClaims = {
    providerTenantId: tenant.id,
    providerTenantName: tenant.name,
    environment: 'test',
    aud: audienceOf('test'),
    sub: `${user.id}_${tenant.id.slice('tnt_example'.length)}`,
    preferred_username: user.username,
    amr: ['pop', 'swk', 'user', 'mfa'],
    ...{ passkeyId, auth_time: now, iat: now, exp: now + exampleSeconds },
    jti: crypto.randomUUID(),
    azp: 'key_example',
    iss: issuer,
  }
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: 'example' }).sign(privateKey)
}
