import type { ProblemDocument } from '#lib/contract/problem.ts'
import { apiErrorOf } from './api-error.ts'
import { UnreadableAnswerError } from './connection-error.ts'
import { readAtMost } from './read-at-most.ts'
import { retryAfterOf } from './retry-after.ts'

/** The answer of a call, and what is told of it: its HTTP status and the request's id. */
export interface Answered<Answer> {
  answer: Answer
  status: number
  requestId: string | undefined
}

/** More than any answer of the server's has. */
export const maxBytes = 32 * 1024 * 1024

/**
 * What an answer says: its JSON; undefined where there is none (204).
 *
 * @param redact takes out what the server must not say back
 * @throws ApiError for every answer that is not 2xx; UnreadableAnswerError for one that is not the server's
 */
export async function readAnswer<Answer>(
  response: Response,
  redact: (text: string) => string,
): Promise<Answered<Answer>> {
  const { status, headers } = response
  const said = (header: string) => redact(headers.get(header) ?? '')
  const requestId = said('x-request-id') || undefined
  const refuse = (why: string) => {
    // Whoever stops reading says so, or the connection stays open.
    void response.body?.cancel().catch(() => undefined)
    return new UnreadableAnswerError(why, status, requestId)
  }
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400))
    throw refuse('The answer leads elsewhere, which is not followed: a key is for its server alone. Check baseUrl.')
  const bytes = await readAtMost(response.body, maxBytes)
  if (!bytes) throw refuse(`The answer has more than ${maxBytes} bytes.`)
  const text = new TextDecoder().decode(bytes)
  if (!response.ok) throw apiErrorOf(problemOf(status, redact(text), requestId), retryAfterOf(headers))
  if (status === 204) return { answer: undefined as Answer, status, requestId }
  const answer = parsed(text)
  if (answer === undefined) throw refuse(`The answer ${status} is no JSON: ${said('content-type') || 'of no type'}.`)
  return { answer: answer as Answer, status, requestId }
}

/** Undefined where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The answer's problem document; an answer that is none (a proxy's page, say) becomes one. */
function problemOf(status: number, text: string, requestId = ''): ProblemDocument {
  const body = parsed(text) as Partial<ProblemDocument> | null | undefined
  if (typeof body?.code === 'string' && typeof body.detail === 'string')
    return {
      ...{ type: notSaid, title: body.code, requestId },
      ...(body as Partial<ProblemDocument>),
      status,
    } as ProblemDocument
  return {
    type: notSaid,
    title: 'Unexpected answer',
    status,
    detail: `The server answered ${status} without a problem document.`,
    code: status >= 500 ? 'unavailable' : 'invalid_request',
    requestId,
  }
}

/** The type of a problem that only its status tells of. */
const notSaid = 'about:blank'
