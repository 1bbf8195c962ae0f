import { z } from 'zod'
import { check } from './check.ts'
import { type ErrorCode, errors } from './errors.ts'
import { roleNames } from './roles.ts'
import { skillReasons } from './skill-reasons.ts'

/** An error answer: RFC 9457 problem details, with a stable `code` of the table in `errors.ts`. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.enum(Object.keys(errors) as [ErrorCode, ...ErrorCode[]]),
  requestId: z.string(),
  /** With `invalid_request`: what is wrong, and where in the request; with `skill_input_invalid`, `path` is a JSON Pointer into the input. */
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** With `role_required`: the least role of a member that would do. */
  role: z.enum(roleNames).optional(),
  /** With `verification_failed`: every step of the verification. */
  checks: z.array(check).optional(),
  /** With `skill_failed` and `skill_timeout`: the run that failed, and why. */
  runId: z.string().optional(),
  reason: z.enum(skillReasons).optional(),
  /**
   * With `rate_limited` and `concurrency_limited`: the policies, as `RateLimit-Policy` names them, that were exceeded.
   *
   * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-10
   */
  'violated-policies': z.array(z.string()).optional(),
})

export type ProblemDocument = z.infer<typeof problem>
