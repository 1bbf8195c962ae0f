import type { z } from 'zod'
import type { Check } from '#lib/webauthn/checks/check.ts'
import { type ErrorCode, errors } from '../contract/errors.ts'

interface Details {
  /** Where the table's status is not the one: verification_failed is 401 on authentication. */
  status?: number
  issues?: { path: string; message: string }[]
  checks?: Check[]
  /** With 429: the names of the rate limit policies that were exceeded. */
  violatedPolicies?: string[]
  headers?: Record<string, string>
  cause?: unknown
}

/** What a verb throws to refuse: a code of the table, and in `detail` what happened and what to do. Never a secret. */
export class Problem extends Error {
  override name = 'Problem'
  readonly code: ErrorCode
  readonly status: number
  readonly detail: string
  readonly details: Details

  constructor(code: ErrorCode, detail: string, details: Details = {}) {
    super(`${code}: ${detail}`, { cause: details.cause })
    this.code = code
    this.detail = detail
    this.details = details
    this.status = details.status ?? errors[code].status
  }
}

/**
 * A value as its schema gives it.
 *
 * @throws Problem invalid_request with every issue
 */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw malformed(parsed.error)
  return parsed.data
}

/** What a schema found wrong, as a problem: each issue with its path; an unknown member by its own name. */
export function malformed(error: z.ZodError): Problem {
  const issues = error.issues
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: [...issue.path, key.slice(0, 64)].join('.'), message: 'is not known here' }))
        : [{ path: issue.path.join('.'), message: issue.message }],
    )
    .slice(0, 20)
  const [first] = issues
  const detail = first ? `${first.path || 'The request'}: ${first.message}` : 'The request is malformed.'
  return new Problem('invalid_request', detail, { issues })
}
