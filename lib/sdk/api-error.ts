import type { ErrorCode } from '#lib/contract/errors.ts'
import type { ProblemDocument } from '#lib/contract/problem.ts'

/**
 * The server refused: `problem` is its answer (RFC 9457), `code` the stable name of the reason. Each code has a class of
 * its own in `errors.ts`.
 */
export class ApiError extends Error {
  readonly code: ErrorCode
  readonly problem: ProblemDocument
  /** Seconds after which the server takes the call again, where it says so. */
  readonly retryAfter: number | undefined

  constructor(problem: ProblemDocument, retryAfter?: number) {
    super(`${problem.title}: ${problem.detail}`)
    this.code = problem.code
    this.problem = problem
    this.retryAfter = retryAfter
  }

  static {
    ApiError.prototype.name = 'ApiError'
  }

  /** The answer's HTTP status. */
  get status() {
    return this.problem.status
  }

  /** The request's id, by which the operator finds it in the log. */
  get requestId() {
    return this.problem.requestId
  }

  /** Where the code is explained. */
  get docs() {
    return this.problem.type
  }
}

/** How an error of a code is made. */
export type OfCode<Code extends ErrorCode = ErrorCode> = new (
  problem: ProblemDocument,
  retryAfter?: number,
) => ApiError & { readonly code: Code }

const classes = new Map<string, OfCode>()

/** Makes the errors of a code ones of this class, and names them by the code: `RateLimitedError` of `rate_limited`. */
export function ofCode(code: string, made: OfCode): void {
  made.prototype.name = `${code.replace(/(?:^|_)(.)/g, (_, letter) => letter.toUpperCase())}Error`
  classes.set(code, made)
}

/** A problem as an error of its code's class; of a code that is not known here, as ApiError. */
export function apiErrorOf(problem: ProblemDocument, retryAfter: number | undefined): ApiError {
  return new (classes.get(problem.code) ?? ApiError)(problem, retryAfter)
}
