import { z } from 'zod'

// Control (Cc), format (Cf: bidi overrides, zero-width) and lone surrogates (Cs), line and paragraph separators.
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

/** Why a text is no name for people to read, or undefined: 1–64 code points, none of them invisible. */
export function whyUnreadable(text: string): string | undefined {
  if (text.trim() === '') return 'is blank'
  if ([...text].length > 64) return 'is longer than 64 characters'
  return invisible.test(text) ? 'contains an invisible or control character' : undefined
}

/** A name that people read: of a tenant, a key, a passkey. Kept in NFC, without white space around it. */
export const label = z
  .string()
  .max(512, 'is longer than 64 characters')
  .transform((text) => text.normalize('NFC').trim())
  .superRefine((text, context) => {
    const message = whyUnreadable(text)
    if (message) context.addIssue({ code: 'custom', message })
  })
