import type { AuthenticateFinished, RegisterFinished } from '#lib/contract/passkeys.ts'
import type { TenantAnswer } from '#lib/contract/tenant.ts'
import type { CeremonyKind } from '#lib/webauthn/options.ts'
import type { Mistaken } from './options/option-mistake.ts'
import type { Choices } from './options/option-values.ts'
import { presets } from './options/presets.ts'
import type { Failure, Run } from './run.ts'
import type { Missing } from './setup/missing.ts'

/** What is known of the key in the field. */
export type KeyCheck =
  | { status: 'empty' | 'typing' | 'checking' }
  | { status: 'malformed'; mistake: string }
  | { status: 'refused'; failure: Failure }
  | { status: 'ready'; tenant: TenantAnswer }

/** The token that a user of a key holds on this page. */
export interface Session {
  answer: AuthenticateFinished
  took: number
  /** Epoch milliseconds. */
  expiresAt: number
}

export type ResultTab = 'token' | 'checks' | 'ceremony' | 'passkeys' | 'oauth' | 'mpc'

export interface State {
  apiKey: string
  remember: boolean
  key: KeyCheck
  username: string
  choices: Choices
  /** The latest ceremony, and whose it was. */
  run?: Run
  runOf?: { apiKey: string; tenantName: string | undefined; username: string | undefined }
  /** What this page did, by key and username. */
  registered: Readonly<Record<string, { answer: RegisterFinished; took: number }>>
  sessions: Readonly<Record<string, Session>>
  /** Whether the user has a passkey here, as the server last let know, by key and username. */
  holding: Readonly<Record<string, boolean>>
  /** Ids of passkeys that are deleted. */
  gone: ReadonlySet<string>
  /** A button was pressed without it. A new object at each press: the focus goes there each time. */
  missing?: Missing
  /** A button was pressed while one of its options was written wrong. */
  stoppedBy?: Mistaken
  /** An option that the focus is to go to. A new object each time. */
  sought?: { ceremony: CeremonyKind; path: string }
  /** Why the offer of passkeys in the username field ended by itself. */
  offerEnded?: Failure
  /** The username field offers passkeys: autofill is on, and nobody has taken the offer since the last change. */
  offering: boolean
  tab: ResultTab
}

export const initialState: State = {
  apiKey: '',
  remember: false,
  key: { status: 'empty' },
  username: '',
  choices: presets[0].choices,
  offering: false,
  registered: {},
  sessions: {},
  holding: {},
  gone: new Set(),
  tab: 'token',
}

/** Names one user of one key; what is known of it must not be taken for another's. */
export function pairOf(apiKey: string, username: string | undefined): string {
  return JSON.stringify([apiKey, username?.normalize('NFC')])
}

/** Whether a name that `pairOf` gave is of that key. */
export function isOf(pair: string, apiKey: string | undefined): boolean {
  return JSON.parse(pair)[0] === apiKey
}
