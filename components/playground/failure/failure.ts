import { ApiError } from '#lib/sdk/api-error.ts'
import { DialogueError, UnreadableCredential, UnsupportedCall } from '#lib/sdk/credentials/credential-errors.ts'
import type { Failure } from '../run.ts'
import type { Circumstances } from './circumstances.ts'
import { browserFailure } from './failure-of-browser.ts'
import { pageFailure, unreadable, unsupported } from './failure-of-page.ts'
import { problemWords } from './failure-of-problem.ts'

/**
 * Words for whatever a ceremony or a call threw: what happened, why, and what to do. Only what the browser's own call
 * threw is put down to the options or the authenticator.
 */
export function failureOf(error: unknown, circumstances: Circumstances): Failure {
  if (error instanceof ApiError) {
    const { problem } = error
    return {
      ...problemWords(problem, circumstances),
      code: problem.code,
      raw: `${problem.status} ${problem.code}: ${problem.detail}${problem.requestId ? ` (request ${problem.requestId})` : ''}`,
      problem,
      ...(error.retryAfter === undefined ? {} : { retryAt: Date.now() + error.retryAfter * 1000 }),
    }
  }
  const thrown = error instanceof DialogueError ? error.cause : error
  const name = thrown instanceof Error ? thrown.name : 'Error'
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const raw = `${name}: ${message}`
  if (error instanceof DialogueError) return { ...browserFailure(error, circumstances), code: name, raw }
  if (error instanceof UnreadableCredential) return { ...unreadable(message), code: name, raw }
  if (error instanceof UnsupportedCall) return { ...unsupported(message, circumstances), code: name, raw }
  return { ...pageFailure(error, circumstances), raw }
}
