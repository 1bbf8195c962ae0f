import { z } from 'zod'

/** A line of text, of so many characters at most. Control characters and halves of characters are no text. */
export const plainText = (most: number) =>
  z
    .string()
    .max(most, `is longer than ${most} characters`)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'contains a control character')
