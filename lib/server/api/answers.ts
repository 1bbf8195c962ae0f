import type { Context } from 'hono'
import type { ZodError, ZodType } from 'zod'
import { malformed, Problem } from '../problem.ts'
import type { ApiEnv } from './context.ts'

/** A JSON request body of a schema. */
export function json<Schema extends ZodType>(schema: Schema) {
  return { content: { 'application/json': { schema } }, required: true }
}

/** The one good answer of an operation. */
export function answers<Status extends number, Schema extends ZodType>(
  status: Status,
  description: string,
  schema: Schema,
) {
  return { [status]: { description, content: { 'application/json': { schema } } } } as Record<
    Status,
    { description: string; content: { 'application/json': { schema: Schema } } }
  >
}

/**
 * Turns a request away that does not fit its schema.
 *
 * @throws Problem invalid_request with every issue, or not_found for a path that can name nothing
 */
export function refuseMalformed(
  result: { success: boolean; target: string; error?: ZodError },
  c: Context<ApiEnv>,
): void {
  if (result.success || !result.error) return
  c.set('malformed', true)
  if (result.target === 'param') throw new Problem('not_found', 'Nothing has this id.')
  throw malformed(result.error)
}
