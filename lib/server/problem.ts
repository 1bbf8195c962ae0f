import type { Check } from '#lib/webauthn/checks/check.ts'
import { type ErrorCode, errors } from '../contract/errors.ts'

interface Details {
  /** Where the table's status is not the one: verification_failed is 401 on authentication. */
  status?: number
  issues?: { path: string; message: string }[]
  checks?: Check[]
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
