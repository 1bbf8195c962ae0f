import type { Outcome } from '#lib/webauthn/faults/report.ts'
import type { AttackedApp, OAuthStep } from './attacked-app.ts'
import type { OAuthTrial } from './oauth-trial.ts'

/** One way to break a code flow, and what must refuse it. The server has no hole for any of them. */
export interface OAuthFault {
  /** Stable, kebab-case; the same in every report. */
  id: string
  title: string
  group: 'Token endpoint' | 'Both endpoints' | 'The app itself'
  /** Who would do that, and what for. */
  attack: string
  /** Where it is changed. */
  where: string
  /** The codes that must refuse it. */
  refusedBy: string
  /** What must refuse it, in words. */
  refuser: string
  spec: { name: string; url: string }
  /** What would happen if nothing did. */
  otherwise: string
  change: (app: Pick<AttackedApp, 'clientId' | 'otherClientId' | 'redirectUri'>) => { was: string; is: string }
  /** Makes a flow of its own, and breaks it. */
  attempt: (trial: OAuthTrial) => Promise<void>
}

/** What became of a fault. A server that tells another reason than it must is `elsewhere`. */
export interface OAuthResult extends Outcome {
  steps: readonly OAuthStep[]
  /** The server wants to see the person: their sign-in or their consent is not there. */
  needsPerson?: boolean
}
