import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import Provider, { type Configuration } from 'oidc-provider'
import { refreshTokenOf } from './oidc-tokens.ts'

// oidc-provider by itself, with its memory store, and settings that make it answer what ours answers: ES256, access tokens
// as JWTs for a resource, refresh tokens that are used once.

const resource = 'urn:bench'
const concurrency = Number(process.argv[2])
const secret = randomBytes(32).toString('base64url')
const { privateKey } = await generateKeyPair('ES256', { extractable: true })
const issuer = 'http://localhost'
const configuration: Configuration = {
  jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' }] } as NonNullable<
    Configuration['jwks']
  >,
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  clients: [
    {
      client_id: 'confidential',
      client_secret: secret,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    },
    {
      client_id: 'public',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      redirect_uris: ['https://app.example/callback'],
    },
  ],
  findAccount: (_ctx, accountId) => ({ accountId, claims: async () => ({ sub: accountId }) }),
  expiresWithSession: () => false,
  rotateRefreshToken: () => true,
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: () => ({
        audience: resource,
        scope: 'usage:read',
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
}
const provider = new Provider(issuer, configuration)
provider.silent = true
const refreshTokens: string[] = []
for (let user = 0; user < concurrency; user++) {
  refreshTokens.push(await refreshTokenOf(provider, { clientId: 'public', accountId: `user ${user}`, resource }))
}
const server = createServer(provider.callback())
server.listen(0, 'localhost', () => {
  const baseUrl = `http://localhost:${(server.address() as AddressInfo).port}`
  const confidential = { id: 'confidential', secret }
  console.log(JSON.stringify({ baseUrl, resource, publicId: 'public', confidential, refreshTokens }))
})
