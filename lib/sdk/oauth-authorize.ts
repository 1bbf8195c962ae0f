import {
  calculatePKCECodeChallenge,
  generateRandomCodeVerifier,
  generateRandomState,
  processPushedAuthorizationResponse,
  pushedAuthorizationRequest,
} from 'oauth4webapi'
import { withNonce } from './oauth-dpop.ts'
import { members, words } from './oauth-parameters.ts'
import type { Pending } from './oauth-pending.ts'
import type { OAuthServer } from './oauth-server.ts'
import type { AuthorizationRequest } from './oauth-shapes.ts'
import { authenticationOf } from './oauth-tokens.ts'

/**
 * An authorization request: where to send the user, and what to keep until they come back.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7636#section-4
 */
export async function authorize(
  oauth: OAuthServer,
  request: AuthorizationRequest,
): Promise<{ url: string; pending: Pending }> {
  const { server } = await oauth.connect({ signal: request.signal })
  const { clientId, redirectUri, nonce, maxAge } = request
  const codeVerifier = generateRandomCodeVerifier()
  const state = request.state ?? generateRandomState()
  const scope = words(request.scope)
  const asked = oauth.resource(request.resource)
  const resources = asked === null ? [] : [asked].flat()
  const parameters = new URLSearchParams(
    members({
      client_id: clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope,
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      prompt: request.prompt,
      max_age: maxAge,
      login_hint: request.loginHint,
      acr_values: request.acrValues && words(request.acrValues),
      dpop_jkt: request.dpop?.thumbprint,
    }),
  )
  for (const resource of resources) parameters.append('resource', resource)

  const url = new URL(server.authorization_endpoint ?? '/oauth/authorize', server.issuer)
  url.search = String(request.pushed ? await pushed(oauth, request, parameters) : parameters)
  const pending = {
    ...{ state, codeVerifier, clientId, redirectUri, scope, resource: resources[0] ?? null, at: Date.now() },
    ...(nonce === undefined ? {} : { nonce }),
    ...(maxAge === undefined ? {} : { maxAge }),
  }
  return { url: url.href, pending }
}

/** Hands the request to the server; what stays for the address is a reference to it. */
async function pushed(oauth: OAuthServer, request: AuthorizationRequest, parameters: URLSearchParams) {
  const { server, sending } = await oauth.connect({ signal: request.signal })
  const client = { client_id: request.clientId }
  const options = { ...sending, ...(request.dpop ? { DPoP: request.dpop.handle } : {}) }
  const { request_uri } = await withNonce(async () => {
    const response = await pushedAuthorizationRequest(server, client, authenticationOf(request), parameters, options)
    return processPushedAuthorizationResponse(server, client, response)
  })
  return new URLSearchParams({ ...client, request_uri })
}
