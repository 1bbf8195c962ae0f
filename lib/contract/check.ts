import { z } from 'zod'
import type { Check } from '#lib/webauthn/checks/check.ts'

/** One verification step of WebAuthn §7.1 or §7.2, as the server evaluated it. */
export const check = z.object({
  id: z.string(),
  title: z.string(),
  spec: z.url(),
  step: z.string().optional(),
  outcome: z.enum(['pass', 'fail', 'skipped']),
  expected: z.string(),
  actual: z.string(),
}) satisfies z.ZodType<Check>
