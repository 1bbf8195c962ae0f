import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ErrorCode } from '#lib/contract/errors.ts'
import { redact } from '#lib/foundation/redact.ts'
import { log } from '../log.ts'
import { logUnavailable } from '../log-unavailable.ts'
import { Problem, toldOf } from '../problem.ts'
import { problemDocument } from '../problem-document.ts'
import type { ApiEnv } from './context.ts'
import { isOAuthPath } from './oauth-path.ts'

/** The code of a refusal that comes with its status alone. */
export const codeOfStatus: Record<number, ErrorCode> = {
  401: 'api_key_invalid',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'body_too_large',
  415: 'unsupported_media_type',
}

/**
 * The one place that makes the API’s error answers: RFC 9457 problem details.
 *
 * A `Problem` says itself what may be told. Whatever else was thrown is logged and answered as `internal`, which tells
 * nothing.
 */
export function problemResponse(error: Error, c: Context<ApiEnv>): Response {
  const problem = toldOf(error) ?? translate(error)
  if (problem.code === 'unavailable') logUnavailable(error)
  // What a tenant's endpoint failed at is in its runs, and no line for the operator.
  else if (problem.status >= 500 && !problem.details.run)
    log().error({ requestId: c.get('requestId'), err: error }, 'request failed')
  c.set('refusal', problem)
  const { headers = {} } = problem.details
  if (isOAuthPath(c.req.path)) {
    return c.json({ error: oauthErrorOf(problem), error_description: redact(problem.detail) }, problem.status as 400, {
      'Cache-Control': 'no-store',
      ...headers,
    })
  }
  return c.body(problemDocument(problem, c.get('requestId')), problem.status as ContentfulStatusCode, {
    ...headers,
    'Content-Type': 'application/problem+json',
  })
}

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
function oauthErrorOf({ status }: Problem): string {
  if (status === 429 || status === 503) return 'temporarily_unavailable'
  return status >= 500 ? 'server_error' : 'invalid_request'
}

function translate(error: Error): Problem {
  if (error instanceof HTTPException && error.status < 500) {
    return new Problem(codeOfStatus[error.status] ?? 'invalid_request', 'The request cannot be read.', { cause: error })
  }
  return new Problem('internal', 'The request failed. If it goes on, tell the operator the request id.', {
    cause: error,
  })
}
