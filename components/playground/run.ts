import type { AuthenticateFinished, RegisterFinished } from '#lib/contract/passkeys.ts'
import type { ProblemDocument } from '#lib/contract/problem.ts'
import type { Check } from '#lib/webauthn/checks/check.ts'
import type { CeremonyKind } from '#lib/webauthn/options.ts'
import type { ProviderBug } from '#lib/webauthn/provider-bugs/index.ts'
import type { Cause, Help } from './failure/help.ts'

/** What a person can start. */
export type Start = 'register' | 'authenticate' | 'sign-in'

/** Who takes part in a ceremony: the lanes of its timeline. */
export type Lane = 'authenticator' | 'browser' | 'server'

/** One message of a ceremony, as the page saw it pass. */
export interface Message {
  id: 'begin' | 'options' | 'request' | 'credential' | 'finish' | 'answer'
  from: Lane
  to: Lane
  /** What the timeline calls it: `begin`, `options`, `navigator.credentials.create`, `attestation`, `finish`, `token`. */
  label: string
  /** Milliseconds since the ceremony began. */
  at: number
  /** Milliseconds that were waited for it; on answers and on the authenticator's response. */
  duration?: number
  /** How the browser’s call is mediated, which stands beside its `publicKey`; on the request alone, where it was told. */
  mediation?: string
  /** Length of the JSON text. */
  bytes?: number
  /** The message's JSON, as it went over the wire or through the WebAuthn API. The API key is never part of it. */
  body?: unknown
}

/** What went wrong, in words for a person: what happened, why, and what to do. */
export interface Failure {
  /** The problem's code, or the DOMException's name. */
  code: string
  what: string
  why: string
  todo: string
  /** Where the reason cannot be known: those that it can be, the likeliest first. */
  causes?: Cause[]
  /** What the page can do about it, the likeliest first. */
  help?: Help[]
  /** What came of it, in few words; absent: what its code has. */
  brief?: string
  /** A person ended it, or let it end: nobody refused anything. */
  calm?: boolean
  /** The original message, one click away. */
  raw: string
  /** When the server takes such a call again, in epoch milliseconds, where it said so. */
  retryAt?: number
  /** The server's answer, where it was the server that refused. */
  problem?: ProblemDocument
}

/** One ceremony from press to result. */
export interface Run {
  kind: CeremonyKind
  /** Epoch milliseconds. */
  startedAt: number
  status: 'working' | 'success' | 'error'
  /** While working: who is being waited for. */
  waitingFor?: Lane
  messages: Message[]
  registered?: RegisterFinished
  authenticated?: AuthenticateFinished
  failure?: Failure
  /** What is wrong with the credential object, whatever it proves; undefined where there was none. */
  bugs?: readonly ProviderBug[] | undefined
  /** The name of the software authenticator of this page that answered or refused; empty: it was none of them in particular. */
  software?: string | undefined
  /** Checks of what the run's user approved since, which are about that alone. */
  approved?: readonly Check[]
  /** Milliseconds, once it has ended. */
  took?: number
}
