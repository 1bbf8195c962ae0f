import {
  deviceAuthorizationRequest,
  deviceCodeGrantRequest,
  processDeviceAuthorizationResponse,
  processDeviceCodeResponse,
  validateApplicationLevelSignature,
} from 'oauth4webapi'
import { withNonce } from './oauth-dpop.ts'
import { type OAuthError, oauthErrors } from './oauth-error.ts'
import { members, words } from './oauth-parameters.ts'
import type { OAuthServer } from './oauth-server.ts'
import type { DeviceAuthorization, DeviceExchange, DeviceRequest, TokenAnswer } from './oauth-shapes.ts'
import { authenticationOf, optionsOf, tokensOf } from './oauth-tokens.ts'

/** Asks for the codes of a device. @see https://www.rfc-editor.org/rfc/rfc8628#section-3.1 */
export async function deviceAuthorization(oauth: OAuthServer, request: DeviceRequest): Promise<DeviceAuthorization> {
  const { server, sending } = await oauth.connect()
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

/** Asks for the tokens until the person has answered. @see https://www.rfc-editor.org/rfc/rfc8628#section-3.5 */
export async function deviceTokens(oauth: OAuthServer, exchange: DeviceExchange): Promise<TokenAnswer> {
  let { interval = 5 } = exchange
  for (;;) {
    await pause(interval * 1_000, exchange.signal)
    const answer = await oauthErrors(() => askOnce(oauth, exchange)).catch((error: OAuthError) => error)
    if (!(answer instanceof Error)) return answer
    if (answer.error === 'slow_down') interval += 5
    else if (answer.error !== 'authorization_pending') throw answer
  }
}

async function askOnce(oauth: OAuthServer, exchange: DeviceExchange): Promise<TokenAnswer> {
  const { server, sending } = await oauth.connect()
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

/** @throws the signal's reason, at once */
function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', stop, { once: true })
  })
}
