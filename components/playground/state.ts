import { isApiKey } from '#lib/contract/api-key-format.ts'
import type { AuthenticateFinished, RegisterFinished } from '#lib/contract/passkeys.ts'
import type { TenantAnswer } from '#lib/contract/tenant.ts'
import type { Mistaken } from './options/option-mistake.ts'
import type { Choices } from './options/option-values.ts'
import { presets } from './options/presets.ts'
import type { Failure, Run } from './run.ts'
import { keyMistake } from './setup/api-key.ts'
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

export type ResultTab = 'token' | 'checks' | 'ceremony' | 'passkeys' | 'oauth'

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
  /** Ids of passkeys that were deleted here: the tokens that came from them are good for nothing more. */
  gone: ReadonlySet<string>
  /** A button was pressed without it. A new object at each press: the focus goes there each time. */
  missing?: Missing
  /** A button was pressed while one of its options was written wrong. A new object at each press. */
  stoppedBy?: Mistaken
  /** The username field offers passkeys: autofill is on, and nobody has taken the offer since the last change. */
  offering: boolean
  tab: ResultTab
}

export type Action =
  | { type: 'key-entered'; apiKey: string }
  | { type: 'key-left' }
  | { type: 'key-checked'; apiKey: string; key: KeyCheck }
  | { type: 'remembered'; remember: boolean }
  | { type: 'username-entered'; username: string }
  | { type: 'chosen'; choices: Choices }
  | { type: 'missed'; missing: Missing }
  | { type: 'stopped'; by: Mistaken }
  | { type: 'offer-taken' }
  | { type: 'passkey-deleted'; id: string }
  | { type: 'tab-selected'; tab: ResultTab }
  | { type: 'ran'; run: Run; apiKey: string; username: string | undefined }

export const initialState: State = {
  apiKey: '',
  remember: false,
  key: { status: 'empty' },
  username: '',
  choices: presets[0].choices,
  offering: false,
  registered: {},
  sessions: {},
  gone: new Set(),
  tab: 'token',
}

/** Names one user of one key; what is known of it must not be taken for another's. */
export function pairOf(apiKey: string, username: string | undefined): string {
  return JSON.stringify([apiKey, username?.normalize('NFC')])
}

/** The session of a user of a key, while its token is good. */
export function sessionOf({ sessions, gone }: State, apiKey: string, username: string): Session | undefined {
  const session = sessions[pairOf(apiKey, username)]
  return session && session.expiresAt > Date.now() && !gone.has(session.answer.passkey.id) ? session : undefined
}

/** The page's whole behaviour over time: what each event changes, and nothing else. */
export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'key-entered':
      return {
        ...without(state, 'apiKey'),
        apiKey: action.apiKey,
        key: seen(action.apiKey, true),
        offering: state.choices.autofill,
      }
    case 'key-left':
      return state.key.status === 'typing' ? { ...state, key: seen(state.apiKey, false) } : state
    case 'key-checked':
      return action.apiKey === state.apiKey ? { ...state, key: action.key } : state
    case 'remembered':
      return { ...state, remember: action.remember }
    case 'username-entered':
      return { ...without(state, 'username'), username: action.username, offering: state.choices.autofill }
    case 'chosen': {
      const { stoppedBy: _, ...rest } = state
      return { ...rest, choices: action.choices, offering: action.choices.autofill }
    }
    case 'missed':
      return { ...state, missing: { ...action.missing } }
    case 'stopped':
      return { ...state, stoppedBy: { ...action.by } }
    case 'offer-taken':
      return { ...state, offering: false }
    case 'passkey-deleted':
      return { ...state, gone: new Set([...state.gone, action.id]) }
    case 'tab-selected':
      return { ...state, tab: action.tab }
    case 'ran':
      return ran(state, action.run, action.apiKey, action.username)
  }
}

/** What a text in the key's field says by itself. */
function seen(apiKey: string, unfinished: boolean): KeyCheck {
  if (!apiKey) return { status: 'empty' }
  if (isApiKey(apiKey)) return { status: 'checking' }
  const mistake = keyMistake(apiKey, unfinished)
  return mistake ? { status: 'malformed', mistake } : { status: 'typing' }
}

function ran(state: State, run: Run, apiKey: string, asked: string | undefined): State {
  const { missing: _, stoppedBy: __, ...rest } = state
  const username = run.authenticated?.user.username ?? asked
  const pair = pairOf(apiKey, username)
  const tenantName = state.key.status === 'ready' && state.apiKey === apiKey ? state.key.tenant.tenant.name : undefined
  const began = run.startedAt !== state.run?.startedAt
  const next: State = { ...rest, run, runOf: { apiKey, tenantName, username }, tab: began ? 'ceremony' : state.tab }
  const took = run.took ?? 0
  if (run.registered) next.registered = { ...state.registered, [pair]: { answer: run.registered, took } }
  if (run.authenticated) {
    const expiresAt = Date.now() + run.authenticated.expiresIn * 1000
    const session = { answer: run.authenticated, took, expiresAt }
    next.sessions = { ...state.sessions, [pair]: session }
    next.tab = 'token'
    if (state.apiKey === apiKey) next.username = run.authenticated.user.username
  }
  if (run.failure?.problem?.checks) next.tab = 'checks'
  return next
}

function without(state: State, field: 'apiKey' | 'username'): State {
  if (state.missing?.field !== field) return state
  const { missing: _, ...rest } = state
  return rest
}
