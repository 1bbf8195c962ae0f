import type { SkillReason } from '#lib/contract/skill-reasons.ts'
import type { ManagedSkill } from '#lib/contract/skills.ts'
import { countWords } from '../count-words.ts'
import { callTodos } from '../endpoint/call-todos.ts'

/** How often it ran lately, and what share of that failed. */
export function runsWords({ total, failed }: ManagedSkill['runs']): string {
  if (total === 0) return 'none'
  const share = Math.round((failed / total) * 100)
  const failures = failed === 0 ? 'none failed' : share === 0 ? 'under 1 % failed' : `${share} % failed`
  return `${countWords(total)}, ${failures}`
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

/** What to do about it. */
export const reasonTodos: Record<SkillReason, string> = {
  ...callTodos,
  timeout:
    'Give it less to do, let the endpoint answer sooner, or give the skill a longer timeout: 30 seconds at most.',
  status: 'Let the endpoint answer 2xx. Its own log says what failed there at this time.',
  too_large: 'Let the endpoint answer with 1 MiB at most.',
  not_json: 'Let the endpoint answer with JSON, and nothing around it.',
  output_invalid: 'Let the endpoint answer what the output schema says, or change the schema.',
  schema_too_slow:
    'Make the schema simpler: most often it is references within references, or a long list whose entries must differ.',
  interrupted: 'Run it again.',
  internal: 'Run it again. If it stays, tell the operator of this server.',
}
