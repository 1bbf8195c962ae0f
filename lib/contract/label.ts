import { z } from 'zod'
import { asLabel, whyNoLabel } from './names.ts'

/** A name that people read: of a tenant, a key, a passkey. Kept in NFC, with single spaces and none around it. */
export const label = z
  .string()
  .max(512, 'is longer than 64 characters')
  .transform(asLabel)
  .superRefine((text, context) => {
    const message = whyNoLabel(text)
    if (message) context.addIssue({ code: 'custom', message })
  })
