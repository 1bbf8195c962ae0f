import type { Client, Configuration, ExternalSigningKey, KoaContextWithOIDC } from 'oidc-provider'
import { identityScopes } from '#lib/contract/oauth-scopes.ts'
import { env } from '../env.ts'
import { claims, findAccount, tokenClaims } from './accounts.ts'
import { RecordAdapter } from './adapter.ts'
import { noIdentity } from './client-metadata.ts'
import { grantOf } from './consent.ts'
import { cookieKeys, cookieNames, secure } from './cookies.ts'
import { hashParameters } from './hash-parameters.ts'
import { acrValues, policy } from './policy.ts'
import { rotates } from './refresh.ts'
import {
  renderDeviceCode,
  renderDeviceConfirm,
  renderDeviceDone,
  renderError,
  renderSignedOut,
  renderSignOut,
} from './render.ts'
import { accessTokenSeconds, defaultResource, placeOfClient, resourceServerOf } from './resources.ts'

const minute = 60
const day = 24 * 60 * minute

/** How long a sign-in lasts in a browser that comes back. */
export const sessionSeconds = 14 * day

/** What the library is told: what it offers, and where our own parts stand in its place. */
export function configuration(signing: readonly ExternalSigningKey[]): Configuration {
  const cookie = { httpOnly: true, sameSite: 'lax', secure: secure(), signed: true } as const
  return {
    adapter: RecordAdapter,
    jwks: { keys: [...signing] },
    findAccount,
    loadExistingGrant: grantOf,
    claims,
    acrValues: [...acrValues],
    scopes: [...Object.keys(identityScopes), noIdentity],
    responseTypes: ['code'],
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post'],
    clientDefaults: {
      id_token_signed_response_alg: 'ES256',
      response_types: ['code'],
      grant_types: ['authorization_code'],
      token_endpoint_auth_method: 'client_secret_basic',
    },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    extraClientMetadata: { properties: ['place'] },
    extraTokenClaims: tokenClaims as NonNullable<Configuration['extraTokenClaims']>,
    pkce: { required: () => true },
    extraParams: hashParameters,
    allowOmittingSingleRegisteredRedirectUri: false,
    cookies: { names: cookieNames(), long: cookie, short: cookie, keys: cookieKeys as never },
    interactions: { policy: policy(), url: (_ctx, { uid }) => `/interaction/${uid}` },
    // Apps stay connected until somebody ends that: a sign-out ends the sign-in here, and no more.
    expiresWithSession: () => false,
    // Where users may leave out that an app stays connected, it does so with their word only.
    issueRefreshToken: (_ctx, client, { scopes }) =>
      client.grantTypeAllowed('refresh_token') &&
      (!placeOfClient(client).optionalScopes.includes('offline_access') || scopes.has('offline_access')),
    rotateRefreshToken: rotates,
    // Ending an access token leaves the grant as it is.
    revokeGrantPolicy: ({ oidc }) => !(oidc.route === 'revocation' && oidc.entities.AccessToken),
    // The server's own pages are at home here, whoever's client it is: the Console tries them out.
    clientBasedCORS: (ctx, origin, client) =>
      origin === env().baseUrl ||
      ((ctx.oidc.route === 'userinfo' || client.clientAuthMethod === 'none') &&
        client.redirectUris?.some((uri) => /^https?:/.test(uri) && URL.parse(uri)?.origin === origin) === true),
    renderError,
    routes: {
      authorization: '/oauth/authorize',
      token: '/oauth/token',
      revocation: '/oauth/revoke',
      introspection: '/oauth/introspect',
      userinfo: '/oauth/userinfo',
      pushed_authorization_request: '/oauth/par',
      device_authorization: '/oauth/device',
      // Short: people type it.
      code_verification: '/device',
      end_session: '/oauth/logout',
      jwks: '/.well-known/jwks.json',
    },
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: minute,
      ClientCredentials: accessTokenSeconds,
      DeviceCode: 10 * minute,
      Grant: 180 * day,
      IdToken: 60 * minute,
      Interaction: 15 * minute,
      // A public client's last as long as the first of their line, however often they are rotated.
      RefreshToken: (ctx: KoaContextWithOIDC | undefined, _token, client) => {
        const rotated = ctx?.oidc.entities.RotatedRefreshToken
        return rotated ? rotated.remainingTTL : client.clientAuthMethod === 'none' ? 30 * day : 180 * day
      },
      // Of nobody, it holds a form's secret at most.
      Session: (_ctx, session) => (session.accountId ? sessionSeconds : 15 * minute),
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      dPoP: { enabled: true },
      // Their own keys: see signing-key.ts.
      externalSigningSupport: { enabled: true, ack: 'experimental-01' },
      deviceFlow: {
        enabled: true,
        deviceInfo: ({ ip, headers }) => ({ ip, ua: headers['user-agent'] }),
        userCodeInputSource: renderDeviceCode,
        userCodeConfirmSource: renderDeviceConfirm,
        successSource: renderDeviceDone,
      },
      introspection: { enabled: true, allowedPolicy: mayIntrospect },
      pushedAuthorizationRequests: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource,
        getResourceServerInfo: resourceServerOf,
        useGrantedResource: () => false,
      },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: { enabled: true, logoutSource: renderSignOut, postLogoutSuccessSource: renderSignedOut },
      userinfo: { enabled: true },
    },
  }
}

/** A client is told of its own tokens; one that keeps a secret, of all of its tenant's environment. */
async function mayIntrospect(ctx: KoaContextWithOIDC, client: Client, token: { clientId?: string | undefined }) {
  if (token.clientId === client.clientId) return true
  if (client.clientAuthMethod === 'none' || !token.clientId) return false
  const other = await ctx.oidc.provider.Client.find(token.clientId)
  if (!other) return false
  const [here, there] = [placeOfClient(client), placeOfClient(other)]
  return here.tenantId === there.tenantId && here.environment === there.environment
}
