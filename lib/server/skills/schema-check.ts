import { createHash } from 'node:crypto'
import type { JsonSchema } from '#lib/contract/skills.ts'
import { Problem } from '../problem.ts'
import type { Result } from './apart/job.ts'
import { apart, TookTooMuch } from './apart/pool.ts'
import type { Issue } from './apart/schema-issues.ts'

export { TookTooMuch }

// What a tenant's schema and a value of it may cost, wherever they come from: expressions that backtrack for ever,
// references that multiply, lists that are compared each with each.
const milliseconds = 500
const blockedMilliseconds = 60_000
const mostBlocked = 1_000
const maxCharacters = 16_384
const draft = 'https://json-schema.org/draft/2020-12/schema'

// Schemas that took too much, by their owners and hashes, until when they are not tried again.
const blocked = new Map<string, number>()

/**
 * What is wrong with a tenant's schema: it is a JSON Schema (2020-12) of at most 16,384 characters, which refers to nothing
 * outside itself, and can be made ready within half a second of computing.
 */
export async function issuesOfSchema(schema: JsonSchema, owner: string): Promise<Issue[]> {
  const text = JSON.stringify(schema)
  if (text.length > maxCharacters) {
    return [{ path: '', message: `is longer than ${maxCharacters.toLocaleString('en')} characters` }]
  }
  if (schema.$schema !== undefined && schema.$schema !== draft) {
    return [{ path: '/$schema', message: `is another draft than ${draft}` }]
  }
  const refused = notTaken(schema, '')
  if (refused.length > 0) return refused
  try {
    return (await apart('schema', { schema: text }, { milliseconds, owner })).issues
  } catch (error) {
    if (!(error instanceof TookTooMuch)) throw error
    return [{ path: '', message: 'takes too long to be made ready: make it smaller' }]
  }
}

/**
 * Checks JSON against a tenant’s schema. One that took too much is not tried again for a minute; of another tenant, the same
 * schema is.
 *
 * @param until of a run that is under way: until then it has to be done
 * @throws TookTooMuch where schema and value are too much together
 * @throws TookTooLong where the run's time passed meanwhile
 * @throws Problem unavailable where it is of no run, and too much waits
 */
export async function checkAgainst(
  schema: string,
  json: string | Uint8Array,
  owner: string,
  until?: Date,
): Promise<Result<'value'>> {
  const name = `${owner} ${createHash('sha256').update(schema).digest('base64url')}`
  if ((blocked.get(name) ?? 0) > performance.now()) throw new TookTooMuch('It took too much a moment ago.')
  blocked.delete(name)
  try {
    return await apart('value', { schema, json }, { milliseconds, owner, ...(until ? { until } : {}) })
  } catch (error) {
    if (error instanceof TookTooMuch) {
      blocked.set(name, performance.now() + blockedMilliseconds)
      const [oldest] = blocked.keys()
      if (blocked.size > mostBlocked && oldest !== undefined) blocked.delete(oldest)
    }
    throw error
  }
}

/** Input that is not of its skill's schema, as the API says it. */
export function inputRefused(issues: Issue[]): Problem {
  const [first] = issues
  const detail = first ? `${first.path || 'The input'}: ${first.message}` : 'The input is not of the skill’s schema.'
  return new Problem('skill_input_invalid', detail, { issues })
}

/** What a schema has that Ajv understands, and that is none of its business here. */
function notTaken(value: unknown, path: string): Issue[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => {
    const at = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (/^\$(?:dynamicR|r)ef$/.test(name) && typeof member === 'string' && !member.startsWith('#')) {
      return [{ path: at, message: 'refers to something outside the schema: put that into $defs' }]
    }
    if (name === '$id' && typeof member === 'string') return [{ path: at, message: 'is not taken here: leave it out' }]
    // Ajv's own word: what it says comes later, when the thread does something else.
    if (name === '$async') return [{ path: at, message: 'is no word of JSON Schema: leave it out' }]
    return notTaken(member, at)
  })
}
