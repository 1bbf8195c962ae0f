import type Provider from 'oidc-provider'

/** A refresh token of a provider's, as an authorization would have given it. */
export async function refreshTokenOf(
  provider: Provider,
  about: { clientId: string; accountId: string; resource: string },
): Promise<string> {
  const { clientId, accountId, resource } = about
  const client = await provider.Client.find(clientId)
  if (!client) throw new Error(`There is no client ${clientId}.`)
  const grant = new provider.Grant({ accountId, clientId })
  grant.addResourceScope(resource, 'usage:read')
  const token = new provider.RefreshToken({
    accountId,
    client,
    grantId: await grant.save(),
    gty: 'authorization_code',
    scope: 'usage:read',
    resource,
    rotations: 0,
  } as never)
  return token.save()
}
