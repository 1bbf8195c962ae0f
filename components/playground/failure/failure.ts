import { ApiError } from '#lib/sdk/client.ts'
import type { Failure } from '../run.ts'
import type { Circumstances } from './circumstances.ts'
import { browserFailure } from './failure-of-browser.ts'
import { problemWords } from './failure-of-problem.ts'

/** Words for whatever a ceremony or a call threw: what happened, why, and what to do. */
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
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const name = cause instanceof Error ? cause.name : 'Error'
  const message = cause instanceof Error ? cause.message : String(error)
  if (name === 'TypeError' && /fetch|network|load failed/i.test(message)) {
    return {
      code: 'network',
      what: 'The server could not be reached',
      why: 'The request never got an answer: the server may be stopped, or this device is offline.',
      todo: 'Check that the server runs, then press the button again.',
      raw: message,
    }
  }
  return { ...browserFailure(name, message, circumstances), code: name, raw: rawOf(name, message, error) }
}

function rawOf(name: string, message: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` [${error.code}]` : ''
  return `${name}: ${message}${code}`
}
