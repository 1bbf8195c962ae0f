import type { SkillReason } from '#lib/contract/skill-reasons.ts'
import type { ManagedSkill, Price } from '#lib/contract/skills.ts'

/** A price as people read it. */
export function priceWords({ amount, currency }: Price): string {
  return amount === 0 ? 'Free' : new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount / 100)
}

/** How often it ran lately, and what share of that failed. */
export function runsWords({ total, failed }: ManagedSkill['runs']): string {
  if (total === 0) return 'none'
  const share = Math.round((failed / total) * 100)
  const failures = failed === 0 ? 'none failed' : share === 0 ? 'under 1 % failed' : `${share} % failed`
  return `${total.toLocaleString('en')}, ${failures}`
}

/** Why a run failed, as a heading. */
export const reasonWords: Record<SkillReason, string> = {
  timeout: 'It took too long',
  refused: 'The connection did not hold',
  tls: 'The connection could not be secured',
  dns: 'The name has no address',
  blocked_address: 'The address is not public',
  redirect: 'It answered with a redirect',
  status: 'It answered with an error',
  too_large: 'The answer is too large',
  not_json: 'The answer is no JSON',
  output_invalid: 'The answer is not of the output schema',
  schema_too_slow: 'The schema takes too long to check',
  interrupted: 'The server stopped meanwhile',
  internal: 'Something went wrong here',
}
