import { ApiError } from '#lib/sdk/api-error.ts'
import { DialogueError, UnreadableCredential, UnsupportedCall } from '#lib/sdk/credentials/credential-errors.ts'
import type { Failure } from '../run.ts'
import type { Circumstances } from './circumstances.ts'
import { browserFailure } from './failure-of-browser.ts'
import { pageFailure, unreadable, unsupported } from './failure-of-page.ts'
import { problemWords } from './failure-of-problem.ts'
import type { Words } from './failure-words.ts'
import { leavesPasskey } from './leaves-passkey.ts'

/**
 * Words for whatever a ceremony or a call threw: what happened, why, and what to do. Only what the browser's own call
 * threw is put down to the options or the authenticator.
 */
export function failureOf(error: unknown, circumstances: Circumstances): Failure {
  if (error instanceof ApiError) {
    const { problem } = error
    return {
      ...withOrphan(problemWords(problem, circumstances), problem.code, circumstances),
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

function withOrphan(words: Words, code: string, { kind, answered }: Circumstances): Words {
  if (!leavesPasskey(kind, answered, code)) return words
  return {
    ...words,
    todo: `${words.todo} The authenticator keeps the passkey that it made, until its provider is told.`,
    help: [...(words.help ?? []), { do: 'tell-provider' }],
  }
}
