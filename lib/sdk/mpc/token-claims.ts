import { base64urlnopad } from '@scure/base'

/**
 * Whose token it is. Nothing is verified: the server does that, and here it only says under which name a share is kept.
 *
 * @throws TypeError for a text that is no JWT with a tenant and a user
 */
export function tokenClaims(token: string) {
  try {
    const payload = JSON.parse(new TextDecoder().decode(base64urlnopad.decode(token.split('.')[1] ?? '')))
    const { providerTenantId, environment, sub, preferred_username: username } = payload as Record<string, unknown>
    if (typeof providerTenantId === 'string' && typeof sub === 'string')
      return {
        tenantId: providerTenantId,
        environment: String(environment),
        userId: sub,
        username: typeof username === 'string' ? username : undefined,
      }
  } catch {
    // Said below.
  }
  throw new TypeError('The token is no JWT of a user and a tenant. It comes from client.passkeys.signIn().')
}
