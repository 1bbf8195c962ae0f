import * as oauth from 'oauth4webapi'
import { errors } from 'oidc-provider'
import { apiResource } from '#lib/contract/oauth-resources.ts'
import { scopeNames } from '#lib/contract/scopes.ts'
import type { Caller } from '../caller.ts'
import { findClient, type RegisteredClient } from '../clients/find-client.ts'
import { clock, isDue } from '../clock.ts'
import { env } from '../env.ts'
import type { From } from '../keys/authenticate.ts'
import { findUserOf, type User } from '../passkeys/user.ts'
import { Problem, problemOf } from '../problem.ts'
import { isCanonical } from '../tokens/canonical.ts'
import { jwks } from '../tokens/signing-keys.ts'
import { noteAppUse } from './app-use.ts'
import { provider } from './provider.ts'
import { recordId } from './records.ts'
import * as store from './store.ts'

/** How long a process goes on with what it read of a grant: a token that was taken away is refused so soon. */
const freshMilliseconds = 5_000
const maxKept = 10_000
const proofAlgorithms = ['ES256', 'Ed25519', 'EdDSA']

/** What a token stands on, as it was read last. */
interface Standing {
  client: RegisteredClient
  user: (User & { passkeyId: string }) | null
  readAt: number
}

const shared = globalThis as { playgroundStandings?: Map<string, Standing> }

/** An access token as it was presented: the request without its body, at the server's own address. */
export interface Presented extends From {
  method: string
  /** Path and query. */
  path: string
  headers: Headers
}

/**
 * Turns an access token of this authorization server into its caller: signature, issuer, audience, type, expiry, binding
 * to a key (DPoP), and that neither the grant nor the client was taken away in the last 5 s. Asks nobody but storage: the
 * keys are this server's own, whatever the token's header names.
 *
 * @param again whether the same request is asked for once more: its proof was seen then
 * @throws Problem token_invalid
 * @see https://www.rfc-editor.org/rfc/rfc9068#section-4
 * @see https://www.rfc-editor.org/rfc/rfc9449#section-7
 */
export async function authenticateToken(presented: Presented, again = false): Promise<Caller> {
  const claims = await verified(presented)
  const proof = presented.headers.get('dpop')
  if (proof && !again) await onlyOnce(claims.client_id, proof)
  return callerOfClaims(claims, presented)
}

/**
 * The caller that the claims of an access token stand for, whose signature was verified.
 *
 * @throws Problem token_invalid where its grant or client was taken away
 */
export async function callerOfClaims(claims: StandingClaims, from: From): Promise<Caller> {
  const { address, requestId } = from
  const { client, user } = await standingOf(claims)
  const caller: Caller = {
    tenant: client.tenant,
    environment: client.environment,
    key: null,
    client: { id: client.id, name: client.name },
    user: user && { id: user.id, username: user.username, passkeyId: user.passkeyId },
    // What the client may not ask for any more, its earlier tokens may not do.
    scopes: new Set(
      String(claims.scope ?? '')
        .split(' ')
        .filter((scope) => client.scopes.includes(scope)),
    ),
    actor: {
      type: 'client',
      id: client.id,
      name: client.name,
      address: address ?? null,
      requestId: requestId ?? null,
    },
  }
  from.noted?.(caller)
  return caller
}

/**
 * What the API says of itself to whoever comes without a good token.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9728
 */
export function resourceMetadata() {
  const { baseUrl } = env()
  return {
    resource: apiResource(baseUrl),
    authorization_servers: [baseUrl],
    scopes_supported: [...scopeNames],
    bearer_methods_supported: ['header'],
    dpop_signing_alg_values_supported: proofAlgorithms,
  }
}

type Claims = oauth.JWTAccessTokenClaims & { grant_id?: string }
type StandingClaims = { sub: string; client_id: string; scope?: unknown; grant_id?: string | undefined }

async function verified({ method, path, headers }: Presented): Promise<Claims> {
  if (!headers.get('authorization')?.includes('.')) {
    const advice = `ask for one with resource=${apiResource(env().baseUrl)}, at the token endpoint, too`
    throw invalid(
      `The access token is not one for this API: it is opaque, and those are for userinfo; ${advice}.`,
      'Bearer',
    )
  }
  const scheme = headers.has('dpop') || /^dpop /i.test(headers.get('authorization') ?? '') ? 'DPoP' : 'Bearer'
  const sent = ['authorization', 'dpop'].map((name) => headers.get(name)?.split(' ').at(-1) ?? '')
  if (!sent.every(isCanonical)) throw invalid('The access token or its proof is not base64url.', scheme)
  const { baseUrl } = env()
  const as = { issuer: baseUrl, jwks_uri: `${baseUrl}/.well-known/jwks.json` }
  const request = new Request(`${baseUrl}${path}`, { method, headers: proofOf(headers) })
  const here = async () => Response.json(await jwks(0))
  try {
    return (await oauth.validateJwtAccessToken(as, request, apiResource(baseUrl), {
      [oauth.clockSkew]: Math.round((clock.now() - Date.now()) / 1000),
      // The server's own clock gave it its hour.
      [oauth.clockTolerance]: 0,
      // Keys are read here, and nothing is fetched.
      [oauth.customFetch]: here,
      [oauth.jwksCache]: { jwks: await jwks(), uat: Math.floor(Date.now() / 1000) } as oauth.JWKSCacheInput,
      [oauth.allowInsecureRequests]: true,
    })) as Claims
  } catch (error) {
    // Where the keys cannot be read now, it says nothing of the token.
    if (problemOf(error)) throw error
    throw invalid(`The access token is not one for this API: ${reasonOf(error)}.`, scheme, error)
  }
}

/** The headers that a token's proof is in, and no other. */
function proofOf(headers: Headers): Headers {
  const proof = new Headers()
  for (const name of ['authorization', 'dpop']) {
    const value = headers.get(name)
    if (value !== null) proof.set(name, value)
  }
  return proof
}

/** A proof is for one request. */
async function onlyOnce(clientId: string, proof: string): Promise<void> {
  const [, payload = ''] = proof.split('.')
  const { jti, iat } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { jti: string; iat: number }
  const { ReplayDetection } = await provider()
  const unique = ReplayDetection.unique(clientId, jti, iat + 600)
  // Of many at once with the same proof, the database lets one through.
  const isNew = await unique.catch((error) => {
    if (error instanceof errors.InvalidDpopProof) return false
    throw error
  })
  if (isNew) return
  throw invalid('The DPoP proof was used before: make a new one for each request.', 'DPoP')
}

async function standingOf(claims: StandingClaims): Promise<Standing> {
  shared.playgroundStandings ??= new Map()
  const kept = shared.playgroundStandings
  const name = `${claims.grant_id ?? ''} ${claims.client_id} ${claims.sub}`
  const known = kept.get(name)
  if (known && !isDue(known.readAt, freshMilliseconds)) return known
  kept.delete(name)
  const standing = await read(claims)
  if (!standing) throw invalid('The access token’s grant or client is there no more: ask for a new one.', 'Bearer')
  if (kept.size >= maxKept) kept.clear()
  kept.set(name, standing)
  if (standing.user) noteAppUse(standing.user.id, standing.client.id)
  return standing
}

async function read({ grant_id: grantId, client_id: clientId, sub }: StandingClaims): Promise<Standing | null> {
  const client = await findClient(clientId)
  const readAt = clock.now()
  if (!client) return null
  if (grantId === undefined) return sub === clientId ? { client, user: null, readAt } : null
  const grant = await store.find(recordId('Grant', grantId))
  const user = grant && (await findUserOf({ tenantId: client.tenant.id, environment: client.environment }, sub))
  return user ? { client, user: { ...user, passkeyId: grant.passkeyId ?? '' }, readAt } : null
}

function reasonOf(error: unknown): string {
  const { message } = error as Error
  return message.replace(/[^\x20-\x7e]/g, '').slice(0, 200)
}

/** @see https://www.rfc-editor.org/rfc/rfc6750#section-3 */
function invalid(detail: string, scheme: 'Bearer' | 'DPoP', cause?: unknown): Problem {
  const metadata = `${env().baseUrl}/.well-known/oauth-protected-resource/v1`
  const algorithms = scheme === 'DPoP' ? `, algs="${proofAlgorithms.join(' ')}"` : ''
  const challenge = `${scheme} realm="API", error="invalid_token", resource_metadata="${metadata}"${algorithms}`
  return new Problem('token_invalid', detail, { cause, headers: { 'WWW-Authenticate': challenge } })
}
