import { z } from 'zod'

// \p{C} without unassigned: control (Cc), format (Cf: bidi overrides, zero-width) and lone surrogates (Cs).
const forbidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

/**
 * A username: 1–64 code points after NFC, which is how it is kept. Blank, leading or trailing white space, control,
 * bidi-override, zero-width and lone surrogates are refused.
 */
export const username = z
  .string()
  .max(512, 'is longer than 64 characters')
  .transform((name) => name.normalize('NFC'))
  .superRefine((name, context) => {
    const length = [...name].length
    const problem =
      name.trim() === ''
        ? 'is blank'
        : length > 64
          ? 'is longer than 64 characters'
          : name.trim() !== name
            ? 'starts or ends with white space'
            : forbidden.test(name)
              ? 'contains an invisible or control character'
              : undefined
    if (problem) context.addIssue({ code: 'custom', message: problem })
  })
