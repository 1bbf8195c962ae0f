import { brief } from './brief.ts'
import type { CeremonyContext } from './context.ts'
import { type Step, skipped, verdict } from './step.ts'

/** Where the library says what it verifies. */
const url = 'https://simplewebauthn.dev/docs/packages/server'

/**
 * What an implementation that shares nothing with these steps makes of the whole response. Where it was not asked, or differs
 * for a listed reason, the steps decide alone.
 */
export const secondOpinionSteps: readonly Step<CeremonyContext>[] = [
  {
    id: 'second-opinion',
    title: 'SimpleWebAuthn agrees',
    registration: { url },
    authentication: { url },
    evaluate: ({ opinion: { outcome, reason } }) => {
      if (outcome === 'verified') return verdict(true, 'verified', 'verified')
      if (outcome === 'refused') return verdict(false, 'verified', brief(reason ?? 'not verified'))
      return skipped('verified', `${outcome}: ${brief(reason)}`)
    },
  },
]
