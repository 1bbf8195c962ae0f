import { z } from 'zod'

type Shape = 'text' | 'list' | 'dictionary'

/**
 * A member that may be absent, as clients in many languages leave it out: null, and what is empty in another shape than
 * its own, count as absent: PHP writes an empty dictionary as `[]`, Lua an empty list as `{}`. What is empty in the member's
 * own shape is a value like any other. Without `own`, nothing empty is a value.
 */
export function optional<Schema extends z.ZodType>(schema: Schema, own?: Shape): z.ZodOptional<Schema> {
  const present = (value: unknown) => (value === null || isEmptyOfAnother(value, own) ? undefined : value)
  // A preprocessed schema takes anything by its type; callers are to see what it is for.
  return z.preprocess(present, schema.optional()) as z.ZodType as z.ZodOptional<Schema>
}

function isEmptyOfAnother(value: unknown, own: Shape | undefined): boolean {
  if (value === '') return own !== 'text'
  if (typeof value !== 'object' || Object.keys(value as object).length > 0) return false
  return own !== (Array.isArray(value) ? 'list' : 'dictionary')
}
