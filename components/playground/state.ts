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

export const resultTabs = ['token', 'checks', 'ceremony', 'asked', 'passkeys', 'break', 'oauth', 'mpc'] as const

export type ResultTab = (typeof resultTabs)[number]

/** One ceremony of this tab, and what it was begun with. */
export interface RunRecord {
  /** From 1, in the order in which they began. */
  number: number
  run: Run
  /** Whose it was. The key stays in memory: it is absent in what was kept over a reload. */
  of: { apiKey?: string | undefined; tenantName?: string | undefined; username?: string | undefined }
  choices: Choices
  /** It came from a file, and took place elsewhere. */
  imported?: Imported
  /** Made in this page to show what one is: no server, no person and no authenticator had a part in it. */
  example?: true
}

/** What the file of a ceremony says of where it took place. */
export interface Imported {
  /** Its number there. */
  number: number
  server?: string
  browser?: string
}

export interface State {
  apiKey: string
  remember: boolean
  key: KeyCheck
  username: string
  choices: Choices
  /** The ceremonies of this tab, oldest first. */
  runs: readonly RunRecord[]
  /** The number of the one that is on show; undefined before the first. */
  opened: number | undefined
  /** The numbers of those that are checked, two at most, and whether they are on show side by side. */
  picked: readonly number[]
  comparing: boolean
  /** What the page has to say of itself, until something begins. */
  notice?: { title: string; note: string }
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
  /** The sheet with every option is open. */
  optionsOpen: boolean
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
  runs: [],
  opened: undefined,
  picked: [],
  comparing: false,
  optionsOpen: false,
  offering: false,
  registered: {},
  sessions: {},
  holding: {},
  gone: new Set(),
  tab: 'token',
}

/** The ceremony that is on show. */
export function openedRun({ runs, opened }: Pick<State, 'runs' | 'opened'>): RunRecord | undefined {
  return runs.find(({ number }) => number === opened)
}

/** The latest ceremony of this page; one that was kept over a reload is none, nor is one from a file. */
export function latestRun({ runs }: Pick<State, 'runs'>): RunRecord | undefined {
  const latest = runs.findLast(({ imported }) => !imported)
  return latest?.of.apiKey === undefined ? undefined : latest
}

/** Names one user of one key; what is known of it must not be taken for another's. */
export function pairOf(apiKey: string | undefined, username: string | undefined): string {
  return JSON.stringify([apiKey, username?.normalize('NFC')])
}

/** Whether a name that `pairOf` gave is of that key. */
export function isOf(pair: string, apiKey: string | undefined): boolean {
  return JSON.parse(pair)[0] === apiKey
}
