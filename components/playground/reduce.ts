import { isApiKey } from '#lib/contract/api-key-format.ts'
import type { AuthenticateFinished } from '#lib/contract/passkeys.ts'
import type { Check } from '#lib/webauthn/checks/check.ts'
import { learnedFrom, learnedFromList } from './learned.ts'
import type { Mistaken } from './options/option-mistake.ts'
import type { Choices } from './options/option-values.ts'
import type { Failure, Run } from './run.ts'
import { keyMistake } from './setup/api-key.ts'
import type { Missing } from './setup/missing.ts'
import { type KeyCheck, pairOf, type ResultTab, type State } from './state.ts'
import { tokenParts } from './token/token-parts.ts'

export type Action =
  | { type: 'key-entered'; apiKey: string }
  | { type: 'key-left' }
  | { type: 'key-checked'; apiKey: string; key: KeyCheck }
  | { type: 'remembered'; remember: boolean }
  | { type: 'username-entered'; username: string }
  | { type: 'chosen'; choices: Choices }
  | { type: 'missed'; missing: Missing }
  | { type: 'stopped'; by: Mistaken }
  | { type: 'option-sought'; sought: NonNullable<State['sought']> }
  | { type: 'offer-taken' }
  | { type: 'offer-ended'; why: Failure }
  | { type: 'passkeys-read'; pair: string; ids: readonly string[] }
  | { type: 'tab-selected'; tab: ResultTab }
  | { type: 'approved'; checks: readonly Check[] }
  | { type: 'ran'; run: Run; apiKey: string; username: string | undefined }

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
      const { stoppedBy: _, offerEnded: __, ...rest } = state
      return { ...rest, choices: action.choices, offering: action.choices.autofill }
    }
    case 'missed':
      return { ...state, missing: { ...action.missing } }
    case 'stopped':
      return { ...state, stoppedBy: action.by, sought: { ceremony: action.by.ceremony, path: action.by.option.path } }
    case 'option-sought':
      return { ...state, sought: { ...action.sought } }
    case 'offer-taken':
      return { ...state, offering: false }
    case 'offer-ended':
      return {
        ...state,
        offering: false,
        choices: { ...state.choices, autofill: false },
        offerEnded: action.why,
      }
    case 'passkeys-read':
      return { ...state, ...learnedFromList(state, action.pair, action.ids) }
    case 'tab-selected':
      return { ...state, tab: action.tab }
    case 'approved':
      return state.run ? { ...state, run: { ...state.run, approved: action.checks } } : state
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
  const { missing: _, stoppedBy: __, offerEnded: ___, ...rest } = state
  const username = run.authenticated?.user.username ?? asked
  const pair = pairOf(apiKey, username)
  const tenantName = state.key.status === 'ready' && state.apiKey === apiKey ? state.key.tenant.tenant.name : undefined
  const began = run.startedAt !== state.run?.startedAt
  const next: State = { ...rest, run, runOf: { apiKey, tenantName, username }, tab: began ? 'ceremony' : state.tab }
  const took = run.took ?? 0
  const holds = (has: boolean) => ({ ...state.holding, [pair]: has })
  if (run.registered) {
    next.registered = { ...state.registered, [pair]: { answer: run.registered, took } }
    next.holding = holds(true)
  }
  if (run.authenticated) {
    next.sessions = {
      ...state.sessions,
      [pair]: { answer: run.authenticated, took, expiresAt: endOf(run.authenticated) },
    }
    next.holding = holds(true)
    next.tab = 'token'
    if (state.apiKey === apiKey) next.username = run.authenticated.user.username
  }
  if (!run.failure) return next
  if (run.failure.problem?.checks) next.tab = 'checks'
  return { ...next, ...learnedFrom(next, run, run.failure, pair) }
}

/** When a token ends by its own claim, but never later than its lifetime from now: this device's clock may be behind. */
function endOf({ token, expiresIn }: AuthenticateFinished): number {
  const { exp } = tokenParts(token).payload
  const latest = Date.now() + expiresIn * 1000
  return typeof exp === 'number' ? Math.min(exp * 1000, latest) : latest
}

function without(state: State, field: 'apiKey' | 'username'): State {
  if (state.missing?.field !== field) return state
  const { missing: _, ...rest } = state
  return rest
}
