import { brief } from './brief.ts'
import type { CeremonyContext } from './context.ts'
import { type Step, verdict } from './step.ts'

/** Where the library says what it verifies. */
const url = 'https://simplewebauthn.dev/docs/packages/server'

/** What an implementation that shares nothing with these steps makes of the whole response. */
export const secondOpinionSteps: readonly Step<CeremonyContext>[] = [
  {
    id: 'second-opinion',
    title: 'SimpleWebAuthn agrees',
    registration: { url },
    authentication: { url },
    evaluate: ({ opinion: { verified, reason } }) =>
      verdict(verified, 'verified', verified ? 'verified' : brief(reason ?? 'not verified')),
  },
]
