import type { JWK } from 'jose'
import Provider, { type Client, type KoaContextWithOIDC } from 'oidc-provider'
import { oauthScopeNames } from '#lib/contract/oauth-scopes.ts'
import { findClient, matchesSecret } from '../clients/find-client.ts'
import { env } from '../env.ts'
import { noteFailure } from '../limits/limits.ts'
import { log } from '../log.ts'
import { logUnavailable } from '../log-unavailable.ts'
import { Problem, toldOf } from '../problem.ts'
import { signingJwks } from '../tokens/signing-keys.ts'
import { noteAppUse } from './app-use.ts'
import { configuration } from './configuration.ts'
import { keepClients } from './kept-clients.ts'
import { namePasskeys } from './passkey-names.ts'
import { acrOf } from './policy.ts'
import { isRegistered } from './redirect-uris.ts'
import { settleRotation } from './refresh.ts'
import { placeOfClient } from './resources.ts'
import { SigningKey } from './signing-key.ts'
import { checkTargets, explainTarget } from './targets.ts'
import { keepTokenRequest } from './token-request.ts'
import { tell } from './unavailable.ts'

const isMetadata = /^\/\.well-known\/(?:openid-configuration|oauth-authorization-server)$/
const shared = globalThis as { playgroundOAuth?: { keys: string; provider: Provider } }

/** The authorization server of this process. Its key store is fixed when it is made, so a rotation of keys makes another. */
export async function provider(): Promise<Provider> {
  const jwks = await signingJwks()
  const keys = jwks.map(({ kid }) => kid).join(' ')
  if (shared.playgroundOAuth?.keys !== keys) shared.playgroundOAuth = { keys, provider: make(jwks) }
  return shared.playgroundOAuth.provider
}

function make(jwks: readonly JWK[]): Provider {
  const made = new Provider(env().baseUrl, configuration(jwks.map((jwk) => new SigningKey(jwk))))
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
      keepTokenRequest(ctx as KoaContextWithOIDC)
    }
    // The library knows the scopes of identity only; those of resources are theirs.
    if (isMetadata.test(ctx.path)) Object.assign(ctx.body as object, { scopes_supported: oauthScopeNames })
  })
  made.on('server_error', (_ctx, err) => log().error({ err }, 'authorization server failed'))
  made.on('grant.success', ({ oidc }) => {
    const { Account, Client: client } = oidc.entities
    if (Account && client) noteAppUse(Account.accountId, client.clientId)
  })
  namePasskeys(made)
  checkTargets(made)
  keepClients(made)
  const { prototype } = made.Client as unknown as { prototype: Client & Record<string, unknown> }
  prototype.compareClientSecret = async function (this: Client, presented: string) {
    if (matchesSecret(placeOfClient(this).secretHashes, presented)) return true
    // Another process may have given it this one a moment ago.
    const now = await findClient(this.clientId).catch(tell)
    return matchesSecret(now?.secretHashes ?? [], presented)
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
  const problem = toldOf(error)
  if (!problem) throw error
  if (problem.code === 'unavailable') logUnavailable(error)
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
