import { redact } from '#lib/foundation/redact.ts'
import { errors, errorType } from '../contract/errors.ts'
import { env } from './env.ts'
import type { Problem } from './problem.ts'

/** A problem as it is sent: RFC 9457's JSON. A detail may quote the request, so secrets are cut out of it. */
export function problemDocument(problem: Problem, requestId: string): string {
  const { issues, role, checks, run, violatedPolicies } = problem.details
  return redact(
    JSON.stringify({
      type: errorType(problem.code, env().baseUrl),
      title: errors[problem.code].title,
      status: problem.status,
      detail: problem.detail,
      code: problem.code,
      requestId,
      ...(issues ? { issues } : {}),
      ...(role ? { role } : {}),
      ...(checks ? { checks } : {}),
      ...run,
      ...(violatedPolicies ? { 'violated-policies': violatedPolicies } : {}),
    }),
  )
}
