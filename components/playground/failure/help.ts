import type { CeremonyKind } from '#lib/webauthn/options.ts'

/** Something that the page can do about a failure: a button in it. */
export type Help =
  | { do: 'register' | 'authenticate' | 'sign-in' | 'again' | 'fresh-username' | 'demo-key' }
  /** Sets an option, or with undefined unsets it, and begins the ceremony anew. */
  | { do: 'set-option'; ceremony: CeremonyKind; path: string; value: unknown }
  /** Leads to an option's control. */
  | { do: 'show-option'; ceremony: CeremonyKind; path: string }
  /** Tells the provider of the passkey that was used that the server does not know it. */
  | { do: 'tell-provider' }
  /** Opens what this browser can do. */
  | { do: 'show-browser' }
  /** Lets an authenticator in software answer. */
  | { do: 'software' }
  | { do: 'open'; url: string }

/** One of the reasons that a failure can have, and what helps if it is the one. */
export interface Cause {
  why: string
  help?: Help
}
