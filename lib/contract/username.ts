import { z } from 'zod'
import { whyUnreadable } from './label.ts'

/**
 * A username: 1–64 code points after NFC, which is how it is kept. Blank, leading or trailing white space, control,
 * bidi-override, zero-width and lone surrogates are refused.
 */
export const username = z
  .string()
  .max(512, 'is longer than 64 characters')
  .transform((name) => name.normalize('NFC'))
  .superRefine((name, context) => {
    const padded = name.trim() !== '' && name.trim() !== name
    const message = padded ? 'starts or ends with white space' : whyUnreadable(name)
    if (message) context.addIssue({ code: 'custom', message })
  })
