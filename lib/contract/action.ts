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

/** What an `mpc.update` sets: the whole new policy. `maxPerHour` 0: no limit. */
const policyChange = z.strictObject({
  approval: z.enum(['always', 'never']),
  maxPerHour: z.int().min(0).max(1_000_000),
})

/** What an `mpc.reshare` makes: who has a share then, the server among them, and the user-held parties whose old ones are in it. */
const parties = z.array(z.string().regex(/^[a-z]{1,16}$/, 'is no party')).max(5)
const sharesChange = z.strictObject({ parties, threshold: z.int().min(2).max(5), contributors: parties })

/** SHA-256, base64url. */
const sha256 = z
  .string()
  .length(43, 'is not the base64url of 32 bytes')
  .regex(canonicalBase64url, 'is not base64url without padding')

/**
 * One action, as a user approves it. `display` is the asker's own words; what binds is the rest, and above all the hash: of
 * the message, for a signature; for an update and a resharing, which the MPC server takes with it alone, of the canonical JSON
 * (RFC 8785) of the new policy or of the new shares. `change` is what that hash is of, for the user to read; parties are
 * named in the order device, server, recovery, hardware, partner.
 */
export const action = z
  .strictObject({
    type: z.enum(actionTypes),
    keyId: z.string().regex(/^mpk_[\w-]{1,64}$/, 'is not the id of an MPC key'),
    messageHash: optional(sha256),
    change: optional(z.union([policyChange, sharesChange]), 'dictionary'),
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
  .refine(({ type, change }) => change !== undefined || (type !== 'mpc.update' && type !== 'mpc.reshare'), {
    path: ['change'],
    message: 'is missing: nobody can approve by its hash alone what they cannot read',
  })
  .refine(({ type, change }) => !change || type === ('approval' in change ? 'mpc.update' : 'mpc.reshare'), {
    path: ['change'],
    message: 'is none of this type of action',
  })
export type Action = z.infer<typeof action>
