import { z } from 'zod'
import { plainText } from './plain-text.ts'

/** The query members of every list: how many, and from behind which one. */
export const page = {
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: plainText(128).optional(),
}

/** The answer of every list: a page, and where the next one begins (null at the end). */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ data: z.array(item), nextCursor: z.string().nullable() })
}
