import {
  deviceAuthorizationRequest,
  deviceCodeGrantRequest,
  processDeviceAuthorizationResponse,
  processDeviceCodeResponse,
  validateApplicationLevelSignature,
} from 'oauth4webapi'
import { ConnectionError } from './connection-error.ts'
import { withNonce } from './oauth-dpop.ts'
import { OAuthError, oauthErrors } from './oauth-error.ts'
import { members, words } from './oauth-parameters.ts'
import type { OAuthServer } from './oauth-server.ts'
import type { DeviceAuthorization, DeviceExchange, DeviceRequest, TokenAnswer } from './oauth-shapes.ts'
import { authenticationOf, optionsOf, tokensOf } from './oauth-tokens.ts'
import { pace } from './pace.ts'

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

/**
 * Asks for the tokens until the person has answered; less often where no answer comes, as long as the codes can live.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8628#section-3.5
 */
export async function deviceTokens(oauth: OAuthServer, exchange: DeviceExchange): Promise<TokenAnswer> {
  const { signal, expiresIn = 1_800 } = exchange
  let { interval = 5 } = exchange
  if (!(interval >= 0 && expiresIn >= 0)) throw new TypeError('interval and expiresIn are seconds, 0 or more.')
  const end = Date.now() + expiresIn * 1_000
  for (;;) {
    await pace.pause(interval * 1_000, signal)
    try {
      return await oauthErrors(() => askOnce(oauth, exchange))
    } catch (error) {
      signal?.throwIfAborted()
      if (isAway(error) && Date.now() < end) interval = Math.min(2 * interval || 1, longestInterval)
      else if (error instanceof OAuthError && error.error === 'slow_down') interval += 5
      else if (!(error instanceof OAuthError && error.error === 'authorization_pending')) throw error
    }
  }
}

/** Seconds between two questions to a server that is away, at the most. */
const longestInterval = 60

/** No answer came, or one that says nothing of the codes. */
function isAway(error: unknown): boolean {
  return (
    error instanceof ConnectionError || (error instanceof OAuthError && /^(?:429|50[234])$/.test(`${error.status}`))
  )
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
