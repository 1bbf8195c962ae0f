import type { JWK } from 'jose'
import Provider, { type Client, type Configuration, type KoaContextWithOIDC } from 'oidc-provider'
import { identityScopes, oauthScopeNames } from '#lib/contract/oauth-scopes.ts'
import { matchesSecret } from '../clients/find-client.ts'
import { env } from '../env.ts'
import { noteFailure } from '../limits/limits.ts'
import { log } from '../log.ts'
import { Problem, problemOf } from '../problem.ts'
import { signingJwks } from '../tokens/signing-keys.ts'
import { claims, findAccount, tokenClaims } from './accounts.ts'
import { RecordAdapter } from './adapter.ts'
import { noIdentity } from './client-metadata.ts'
import { grantOf } from './consent.ts'
import { cookieKeys, cookieNames, secure } from './cookies.ts'
import { namePasskeys } from './passkey-names.ts'
import { acrOf, acrValues, policy } from './policy.ts'
import { isRegistered } from './redirect-uris.ts'
import { rotates, settleRotation } from './refresh.ts'
import {
  renderDeviceCode,
  renderDeviceConfirm,
  renderDeviceDone,
  renderError,
  renderSignedOut,
  renderSignOut,
} from './render.ts'
import { accessTokenSeconds, defaultResource, placeOfClient, resourceServerOf } from './resources.ts'
import { checkTargets, explainTarget } from './targets.ts'

const isMetadata = /^\/\.well-known\/(?:openid-configuration|oauth-authorization-server)$/
const minute = 60
const day = 24 * 60 * minute

/** How long a sign-in lasts in a browser that comes back. */
export const sessionSeconds = 14 * day

const shared = globalThis as { playgroundOAuth?: { keys: string; provider: Provider } }

/** The authorization server of this process. Its key store is fixed when it is made, so a rotation of keys makes another. */
export async function provider(): Promise<Provider> {
  const jwks = await signingJwks()
  const keys = jwks.map(({ kid }) => kid).join(' ')
  if (shared.playgroundOAuth?.keys !== keys) shared.playgroundOAuth = { keys, provider: make(jwks) }
  return shared.playgroundOAuth.provider
}

function make(jwks: readonly JWK[]): Provider {
  const made = new Provider(env().baseUrl, configuration(jwks))
  // Behind TLS or a bridge, what the request says of itself is set by us: see api/oauth.ts.
  made.proxy = true
  made.silent = true
  made.use(async (ctx, next) => {
    // The library adds the hash of its own inline script where it has one.
    ctx.set('Content-Security-Policy', pagesPolicy)
    ctx.set('X-Frame-Options', 'DENY')
    ctx.set('Cache-Control', isMetadata.test(ctx.path) ? 'public, max-age=60' : 'no-store')
    // For everybody, and the same for everybody: the library would name whoever asks.
    if (isMetadata.test(ctx.path)) ctx.set('Access-Control-Allow-Origin', '*')
    await next()
    if (ctx.status === 503) ctx.set('Retry-After', '2')
    if (ctx.status === 401) await throttle(ctx as KoaContextWithOIDC)
    if (ctx.path === '/oauth/token') {
      await settleRotation(ctx as KoaContextWithOIDC).catch((error) => refuse(ctx as KoaContextWithOIDC, error))
      explainBinding(ctx as KoaContextWithOIDC)
      explainTarget(ctx as KoaContextWithOIDC)
    }
    // The library knows the scopes of identity only; those of resources are theirs.
    if (isMetadata.test(ctx.path)) Object.assign(ctx.body as object, { scopes_supported: oauthScopeNames })
  })
  made.on('server_error', (_ctx, err) => log().error({ err }, 'authorization server failed'))
  namePasskeys(made)
  checkTargets(made)
  const { prototype } = made.Client as unknown as { prototype: Client & Record<string, unknown> }
  prototype.compareClientSecret = function (this: Client, presented: string) {
    return matchesSecret(placeOfClient(this).secretHashes, presented)
  }
  prototype.redirectUriAllowed = function (this: Client, uri: string) {
    return isRegistered(uri, this.redirectUris ?? [], this.clientAuthMethod === 'none')
  }
  prototype.postLogoutRedirectUriAllowed = function (this: Client, uri: string) {
    return this.postLogoutRedirectUris?.includes(uri) === true
  }
  // How strong a sign-in was is said anew of each request, by the name that it asked for.
  const { prototype: context } = (made as unknown as { OIDCContext: { prototype: KoaContextWithOIDC['oidc'] } })
    .OIDCContext
  Object.defineProperty(context, 'acr', {
    get(this: KoaContextWithOIDC['oidc']) {
      return acrOf(this.session?.amr ?? [], this.params?.acr_values)
    },
  })
  return made
}

/** Clients and tokens that are not valid are throttled by the address that they come from. */
async function throttle(ctx: KoaContextWithOIDC): Promise<void> {
  const refused = await noteFailure(ctx.request.ips.length > 0 ? ctx.ip : undefined).catch((error) => error)
  if (refused instanceof Problem) refuse(ctx, refused)
}

/** Answers what cannot be now. */
function refuse(ctx: KoaContextWithOIDC, error: unknown): void {
  const problem = problemOf(error)
  if (!problem) throw error
  ctx.status = problem.status
  ctx.set({ ...problem.details.headers })
  ctx.body = { error: 'temporarily_unavailable', error_description: problem.detail }
}

/** What a client that must bind its tokens is not told by the library: what it left out. */
function explainBinding(ctx: KoaContextWithOIDC): void {
  if (ctx.status !== 400 || ctx.get('DPoP') || !ctx.oidc?.client?.dpopBoundAccessTokens) return
  const error_description = 'this client binds its tokens to a key: send a DPoP proof (RFC 9449)'
  ctx.body = { ...(ctx.body as object), error_description }
}

const pagesPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; img-src 'self' data: https:; script-src; base-uri 'none'; frame-ancestors 'none'"

function configuration(jwks: readonly JWK[]): Configuration {
  const cookie = { httpOnly: true, sameSite: 'lax', secure: secure(), signed: true } as const
  return {
    adapter: RecordAdapter,
    jwks: { keys: [...jwks] } as NonNullable<Configuration['jwks']>,
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
    allowOmittingSingleRegisteredRedirectUri: false,
    cookies: { names: cookieNames(), long: cookie, short: cookie, keys: cookieKeys as never },
    interactions: { policy: policy(), url: (_ctx, { uid }) => `/interaction/${uid}` },
    // Apps stay connected until somebody ends that: a sign-out ends the sign-in here, and no more.
    expiresWithSession: () => false,
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: rotates,
    // Ending an access token leaves the grant as it is.
    revokeGrantPolicy: ({ oidc }) => !(oidc.route === 'revocation' && oidc.entities.AccessToken),
    clientBasedCORS: (ctx, origin, client) =>
      (ctx.oidc.route === 'userinfo' || client.clientAuthMethod === 'none') &&
      client.redirectUris?.some((uri) => /^https?:/.test(uri) && URL.parse(uri)?.origin === origin) === true,
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
