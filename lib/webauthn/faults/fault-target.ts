import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/browser'
import type { Check } from '../checks/check.ts'
import type { CeremonyKind } from '../options.ts'

/** An answer, true or not, as it is sent. */
export type SentCredential =
  | Omit<RegistrationResponseJSON, 'clientExtensionResults'>
  | Omit<AuthenticationResponseJSON, 'clientExtensionResults'>

/** A server that is put to the test: the two calls of each ceremony. */
export interface FaultTarget {
  /**
   * @returns what the ceremony is called by in `finish`, and WebAuthn's options as JSON
   * @throws Error where it does not begin: what cannot be begun cannot be broken
   */
  begin(
    kind: CeremonyKind,
    ask: { username: string; options?: Readonly<Record<string, unknown>> | undefined },
  ): Promise<{ ceremony: unknown; publicKey: Record<string, unknown> }>
  /** Never throws because the server refuses: that is its answer. */
  finish(kind: CeremonyKind, ceremony: unknown, credential: SentCredential): Promise<TargetAnswer>
}

/** What a server says to an answer. */
export interface TargetAnswer {
  accepted: boolean
  /** HTTP status. */
  status: number
  /** The name that it gives its reason, where it gives one. */
  code?: string | undefined
  /** The words that it gives with it. */
  words?: string | undefined
  /** Each step that it took, where it tells. */
  checks?: readonly Check[] | undefined
  /** Milliseconds that it took, where what was waited before it does not count. */
  took?: number
}
