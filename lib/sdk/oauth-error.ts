import {
  AuthorizationResponseError,
  OperationProcessingError,
  ResponseBodyError,
  UnsupportedOperationError,
  WWWAuthenticateChallengeError,
} from 'oauth4webapi'

/**
 * The flow was refused, by the server or by a check of its answer.
 *
 * `error` is the code of RFC 6749 and its extensions (`invalid_grant`, `access_denied`, …); `invalid_response` for an
 * answer that cannot be believed: another issuer, a state that nobody asked with, an ID token that is not for this client.
 *
 * It has no cause: what the library throws has the answer in it, and with it tokens.
 */
export class OAuthError extends Error {
  override name = 'OAuthError'
  readonly error: string
  readonly description: string
  /** The HTTP status; undefined where the answer came by a redirect, or nothing was asked. */
  readonly status: number | undefined
  constructor(error: string, description = '', { status }: { status?: number } = {}) {
    super(description ? `${error}: ${description}` : error)
    this.error = error
    this.description = description
    this.status = status
  }
}

/** What a call rejects with: a refusal becomes an OAuthError; where no answer came and for wrong arguments it stays as it is. */
export async function oauthErrors<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    throw await translated(error)
  }
}

async function translated(error: unknown): Promise<unknown> {
  if (error instanceof ResponseBodyError)
    return new OAuthError(error.error, error.error_description, { status: error.status })
  if (error instanceof AuthorizationResponseError) return new OAuthError(error.error, error.error_description)
  if (error instanceof WWWAuthenticateChallengeError) return ofChallenge(error)
  if (error instanceof OperationProcessingError || error instanceof UnsupportedOperationError) {
    const response = error.cause instanceof Response ? error.cause : undefined
    if (!response || response.ok) return new OAuthError('invalid_response', error.message)
    const { status } = response
    const code = status < 500 ? 'invalid_response' : status === 503 ? 'temporarily_unavailable' : 'server_error'
    return new OAuthError(code, `The server answered ${status} without saying why.`, { status })
  }
  return error
}

/** A 401's body says more than its challenge, where it has one. */
async function ofChallenge(challenge: WWWAuthenticateChallengeError): Promise<OAuthError> {
  const { response, cause: challenges, status } = challenge
  const body = response.bodyUsed ? undefined : await response.json().catch(() => undefined)
  const parameters = challenges.find(({ parameters }) => parameters.error)?.parameters
  const error = text(body?.error) ?? parameters?.error ?? 'invalid_token'
  const description = text(body?.error_description) ?? parameters?.error_description
  return new OAuthError(error, description, { status })
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
