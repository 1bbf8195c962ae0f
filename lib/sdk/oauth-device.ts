import {
  deviceAuthorizationRequest,
  deviceCodeGrantRequest,
  processDeviceAuthorizationResponse,
  processDeviceCodeResponse,
  validateApplicationLevelSignature,
} from 'oauth4webapi'
import { withNonce } from './oauth-dpop.ts'
import { oauthErrors } from './oauth-error.ts'
import { members, words } from './oauth-parameters.ts'
import type { OAuthServer } from './oauth-server.ts'
import type { DeviceAuthorization, DeviceExchange, DeviceRequest, TokenAnswer } from './oauth-shapes.ts'
import { authenticationOf, optionsOf, tokensOf } from './oauth-tokens.ts'

/** Asks for the codes of a device. @see https://www.rfc-editor.org/rfc/rfc8628#section-3.1 */
export async function deviceAuthorization(oauth: OAuthServer, request: DeviceRequest): Promise<DeviceAuthorization> {
  const { server, sending } = await oauth.connect({ signal: request.signal })
  const client = { client_id: request.clientId }
  const parameters = members({ scope: words(request.scope), resource: oauth.resource(request.resource) ?? undefined })
  const authentication = authenticationOf(request)
  const response = await deviceAuthorizationRequest(server, client, authentication, parameters, sending)
  const answer = await processDeviceAuthorizationResponse(server, client, response)
  return {
    deviceCode: answer.device_code,
    userCode: answer.user_code,
    verificationUri: answer.verification_uri,
    verificationUriComplete: answer.verification_uri_complete ?? answer.verification_uri,
    expiresIn: answer.expires_in,
    interval: answer.interval ?? 5,
  }
}

/** Asks for the tokens until the person has answered. How it waits is loaded with the first wait. */
export async function deviceTokens(oauth: OAuthServer, exchange: DeviceExchange): Promise<TokenAnswer> {
  const { whilePending } = await import('./oauth-device-wait.ts')
  return whilePending(() => oauthErrors(() => askOnce(oauth, exchange)), exchange)
}

async function askOnce(oauth: OAuthServer, exchange: DeviceExchange): Promise<TokenAnswer> {
  const { server, sending } = await oauth.connect({ signal: exchange.signal, repeatable: false })
  const client = { client_id: exchange.clientId }
  const options = optionsOf(exchange, sending, { resource: oauth.resource(exchange.resource) ?? undefined })
  return withNonce(async () => {
    const authentication = authenticationOf(exchange)
    const response = await deviceCodeGrantRequest(server, client, authentication, exchange.deviceCode, options)
    const tokens = await processDeviceCodeResponse(server, client, response)
    if (tokens.id_token) await validateApplicationLevelSignature(server, response, sending)
    return tokensOf(tokens, undefined)
  })
}
