import { compared } from './brief.ts'
import type { AuthenticationContext } from './context.ts'
import { type Step, skipped, verdict } from './step.ts'

/**
 * What the passkey signed for, where that is one action and no sign-in: the challenge is a hash of it, made again from what
 * was kept when the ceremony began.
 */
export const commitmentSteps: readonly Step<AuthenticationContext>[] = [
  {
    id: 'action-commitment',
    title: 'Challenge commits to the action',
    authentication: { url: 'https://www.rfc-editor.org/rfc/rfc8785' },
    evaluate: ({ clientData: { value }, expected: { commitment } }) => {
      if (!commitment) return skipped('an action', 'no action was named')
      const { action, salt, challenge } = commitment
      const texts = compared(challenge, value?.challenge)
      // Whole, so that anybody can hash it again.
      const expected = `${texts.expected}: SHA-256 of the bytes ${salt} (base64url) and ${action}`
      if (!value) return skipped(expected, 'the client data does not decode')
      return verdict(value.challenge === challenge, expected, value.challenge === challenge ? 'the same' : texts.actual)
    },
  },
]
