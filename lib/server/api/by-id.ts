import { z } from 'zod'
import { plainText } from '#lib/contract/plain-text.ts'

/** A path that names one thing by its id. */
export const params = z.object({ id: plainText(64) })
