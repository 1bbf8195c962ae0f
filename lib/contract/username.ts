import { z } from 'zod'
import { whyNoKnownUsername } from './names.ts'

/**
 * The username of somebody who may be known already: 1–64 code points after NFC, which is how it is kept. Whether somebody
 * new may have it says `whyNoUsername`.
 */
export const username = z
  .string()
  .max(512, 'is longer than 64 characters')
  .transform((name) => name.normalize('NFC'))
  .superRefine((name, context) => {
    const message = whyNoKnownUsername(name)
    if (message) context.addIssue({ code: 'custom', message })
  })
