import type { z } from 'zod'
import { beginningOf } from '#lib/webauthn/beginning.ts'
import type { Check } from '#lib/webauthn/checks/check.ts'
import { type ErrorCode, errors } from '../contract/errors.ts'
import type { Role } from '../contract/roles.ts'
import type { SkillReason } from '../contract/skill-reasons.ts'

interface Details {
  /** Where the table's status is not the one: verification_failed is 401 on authentication. */
  status?: number
  issues?: { path: string; message: string }[]
  /** The least role that would do. */
  role?: Role
  checks?: Check[]
  /** The first check that failed, for the log of requests: a live environment does not tell callers. */
  failing?: Check | undefined
  /** How many checks failed, and of how many: for that log, too. */
  checked?: { failed: number; checks: number }
  /** With 429: the names of the rate limit policies that were exceeded. */
  violatedPolicies?: string[]
  /** Of a skill that failed: the run, and why. */
  run?: { runId?: string; reason: SkillReason }
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

/** What cannot be done now and is worth another try soon: nothing was changed. */
export function unavailable(detail: string, cause: unknown): Problem {
  return new Problem('unavailable', detail, { cause, headers: { 'Retry-After': '2' } })
}

// What errors of libraries are called that stand for `unavailable`: around one of ours, and Prisma's own of a transaction
// whose turn did not come in time, or that did not end in time.
const standing: unknown[] = ['unavailable', 'P2028']

/** An error as the problem that it is: by its code also where a library put an error of its own around `unavailable`. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error
  const { code } = (error ?? {}) as { code?: unknown }
  return standing.includes(code) ? unavailable(cannotNow, error) : undefined
}

/** The same, as whoever asks a server is told: of one that cannot work as it is set up, the operator reads why in the log. */
export function toldOf(error: unknown): Problem | undefined {
  const isStartError = (error as Error | undefined)?.name === 'StartError'
  return isStartError ? unavailable('The server cannot work as it is set up.', error) : problemOf(error)
}

/** What is said of a storage that refuses. */
export const cannotNow = 'The database cannot take this now, and nothing was changed. Try again.'

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

/** A member of a request that cannot be as it is, and why, in words that go on from its name. */
export function invalid(path: string, message: string): Problem {
  return new Problem('invalid_request', `${path}: ${message}`, { issues: [{ path, message }] })
}

const maxIssues = 20
const maxPath = 256
const maxMessage = 512

/** What a schema found wrong, as a problem: each issue with its path; an unknown member by its own name. Of a long text, the beginning. */
export function malformed(error: z.ZodError): Problem {
  const issues = error.issues
    .slice(0, maxIssues)
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.slice(0, maxIssues).map((key) => ({ path: [...issue.path, key], message: 'is not known here' }))
        : [{ path: issue.path, message: plain(issue) }],
    )
    .slice(0, maxIssues)
    .map(({ path, message }) => ({ path: pathOf(path), message: beginningOf(message, maxMessage) }))
  const [first] = issues
  const detail = first ? `${first.path || 'The request'}: ${first.message}` : 'The request is malformed.'
  return new Problem('invalid_request', detail, { issues })
}

// How the schema library begins what it says itself; whatever else a message says is ours.
const itsOwn = /^(?:Invalid|Too (?:small|big))\b/

/** An issue in words that go on from the member's name: “is missing”, “must be 1 or more”. */
function plain(issue: z.core.$ZodIssue): string {
  if (!itsOwn.test(issue.message)) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return /received undefined$/.test(issue.message) ? 'is missing' : `is no ${issue.expected}`
    case 'invalid_value':
      return `is none of ${issue.values.map(String).join(', ')}`
    case 'too_small':
      return `must be ${issue.minimum} or more${unitOf(issue.origin)}`
    case 'too_big':
      return `must be ${issue.maximum} or less${unitOf(issue.origin)}`
    case 'invalid_format':
      return `is no ${issue.format}`
    default:
      return 'is not of a form that is taken here'
  }
}

function unitOf(origin: string): string {
  return origin === 'string' ? ' characters long' : origin === 'array' ? ' entries long' : ''
}

function pathOf(path: readonly PropertyKey[]): string {
  return beginningOf(path.map((name) => beginningOf(String(name), 64)).join('.'), maxPath)
}
