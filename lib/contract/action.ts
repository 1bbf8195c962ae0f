import { z } from 'zod'
import { canonicalBase64url } from '#lib/webauthn/decode/bytes.ts'
import { whyNoLabel } from './names.ts'
import { optional } from './optional.ts'

/** What a user can be asked to approve: the ways to use or change a key at the MPC server that a token alone does not open. */
export const actionTypes = ['mpc.sign', 'mpc.reshare', 'mpc.unfreeze', 'mpc.update', 'mpc.delete'] as const

/** Words that the user is shown. They come back as they were sent: the challenge commits to them. */
const words = (characters: number) =>
  z
    .string()
    .max(characters * 8, `is longer than ${characters} characters`)
    .superRefine((text, context) => {
      const message = whyNoLabel(text, characters)
      if (message) context.addIssue({ code: 'custom', message })
    })

/** SHA-256 of a message, base64url. */
const sha256 = z
  .string()
  .length(43, 'is not the base64url of 32 bytes')
  .regex(canonicalBase64url, 'is not base64url without padding')

/**
 * One action, as a user approves it. `display` is the asker's own words; what binds is the rest, and for a signature above
 * all the hash of the message.
 */
export const action = z
  .strictObject({
    type: z.enum(actionTypes),
    keyId: z.string().regex(/^mpk_[\w-]{1,64}$/, 'is not the id of an MPC key'),
    messageHash: optional(sha256),
    display: optional(
      z.strictObject({
        title: words(64),
        lines: optional(z.array(words(160)).max(12, 'has more than 12 lines'), 'list'),
      }),
      'dictionary',
    ),
  })
  .refine(({ type, messageHash }) => type !== 'mpc.sign' || messageHash !== undefined, {
    path: ['messageHash'],
    message: 'is missing: a signature is approved for one message',
  })
export type Action = z.infer<typeof action>
