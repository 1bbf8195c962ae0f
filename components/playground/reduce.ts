import { isApiKey } from '#lib/contract/api-key-format.ts'
import type { Check } from '#lib/webauthn/checks/check.ts'
import { learnedFrom, learnedFromList } from './learned.ts'
import type { Mistaken } from './options/option-mistake.ts'
import { type Choices, offersPasskeys, withoutOffer } from './options/option-values.ts'
import type { Failure, Run } from './run.ts'
import { type Restored, restored, startedOver } from './runs/restored.ts'
import { isSame, withPick, withRecord } from './runs/run-records.ts'
import { keyMistake } from './setup/api-key.ts'
import type { Missing } from './setup/missing.ts'
import { type KeyCheck, latestRun, pairOf, type ResultTab, type RunRecord, type State } from './state.ts'
import { endOf } from './token/token-end.ts'

export type Action =
  | { type: 'key-entered'; apiKey: string }
  | { type: 'key-left' }
  | { type: 'key-checked'; apiKey: string; key: KeyCheck }
  | { type: 'remembered'; remember: boolean }
  | { type: 'username-entered'; username: string }
  | { type: 'chosen'; choices: Choices }
  | { type: 'missed'; missing: Missing }
  | { type: 'stopped'; by: Mistaken }
  | { type: 'options-opened' }
  | { type: 'options-closed' }
  | { type: 'option-sought'; sought: NonNullable<State['sought']> }
  | { type: 'offer-taken' }
  | { type: 'offer-ended'; why: Failure }
  | { type: 'passkeys-read'; pair: string; ids: readonly string[] }
  | { type: 'noticed'; notice: NonNullable<State['notice']> }
  | { type: 'tab-selected'; tab: ResultTab }
  | { type: 'approved'; checks: readonly Check[] }
  | { type: 'run-opened'; number: number }
  | { type: 'run-picked'; number: number }
  | { type: 'compared'; comparing: boolean }
  | { type: 'imported'; record: RunRecord }
  | { type: 'started-over' }
  | ({ type: 'restored' } & Restored)
  | { type: 'ran'; run: Run; apiKey: string; username: string | undefined; choices: Choices }

/** The page's whole behaviour over time: what each event changes, and nothing else. */
export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'key-entered':
      return {
        ...without(state, 'apiKey'),
        apiKey: action.apiKey,
        key: seen(action.apiKey, true),
        offering: offersPasskeys(state.choices),
      }
    case 'key-left':
      return state.key.status === 'typing' ? { ...state, key: seen(state.apiKey, false) } : state
    case 'key-checked':
      return action.apiKey === state.apiKey ? { ...state, key: action.key } : state
    case 'remembered':
      return { ...state, remember: action.remember }
    case 'username-entered':
      return { ...without(state, 'username'), username: action.username, offering: offersPasskeys(state.choices) }
    case 'chosen': {
      const { stoppedBy: _, offerEnded: __, ...rest } = state
      return { ...rest, choices: action.choices, offering: offersPasskeys(action.choices) }
    }
    case 'missed':
      return { ...state, optionsOpen: false, missing: { ...action.missing } }
    case 'stopped':
      return {
        ...state,
        optionsOpen: true,
        stoppedBy: action.by,
        sought: { ceremony: action.by.ceremony, path: action.by.option.path },
      }
    case 'options-opened':
      return withoutSought({ ...state, optionsOpen: true })
    case 'options-closed':
      return withoutSought({ ...state, optionsOpen: false })
    case 'option-sought':
      return { ...state, optionsOpen: true, sought: { ...action.sought } }
    case 'offer-taken':
      return { ...state, offering: false }
    case 'offer-ended':
      return {
        ...state,
        offering: false,
        choices: withoutOffer(state.choices),
        offerEnded: action.why,
      }
    case 'passkeys-read':
      return { ...state, ...learnedFromList(state, action.pair, action.ids) }
    case 'noticed':
      return { ...state, notice: action.notice }
    case 'tab-selected':
      return { ...state, tab: action.tab, comparing: false }
    case 'approved':
      return approved(state, action.checks)
    case 'run-opened':
      return { ...state, opened: action.number, comparing: false }
    case 'run-picked':
      return { ...state, picked: withPick(state.picked, action.number), comparing: false }
    case 'compared':
      return { ...state, comparing: action.comparing && state.picked.length === 2 }
    case 'imported':
      return withImported(state, action.record)
    case 'started-over':
      return startedOver(state)
    case 'restored':
      return restored(state, action)
    case 'ran':
      return ran(state, action)
  }
}

/** A ceremony from a file is the last of the list, and opens; what is known of this page's own stays. */
function withImported(state: State, imported: RunRecord): State {
  const { notice: _, ...rest } = state
  const record = { ...imported, number: (state.runs.at(-1)?.number ?? 0) + 1 }
  const runs = withRecord(state.runs, record)
  return { ...rest, runs, opened: record.number, comparing: false, tab: 'ceremony' }
}

/** What a text in the key's field says by itself. */
function seen(apiKey: string, unfinished: boolean): KeyCheck {
  if (!apiKey) return { status: 'empty' }
  if (isApiKey(apiKey)) return { status: 'checking' }
  const mistake = keyMistake(apiKey, unfinished)
  return mistake ? { status: 'malformed', mistake } : { status: 'typing' }
}

/** The checks of an approval belong to the latest ceremony of this page, which is opened for them. */
function approved(state: State, checks: readonly Check[]): State {
  const latest = latestRun(state)
  if (!latest) return state
  const record = { ...latest, run: { ...latest.run, approved: checks } }
  return { ...state, runs: withRecord(state.runs, record), opened: record.number }
}

/** A ceremony that begins opens itself; one that another has replaced changes nothing but its own line. */
function ran(state: State, { run, apiKey, username: asked, choices }: Extract<Action, { type: 'ran' }>): State {
  const { missing: _, stoppedBy: __, offerEnded: ___, notice: ____, ...rest } = state
  const username = run.authenticated?.user.username ?? asked
  const pair = pairOf(apiKey, username)
  const tenantName = state.key.status === 'ready' && state.apiKey === apiKey ? state.key.tenant.tenant.name : undefined
  const begun = state.runs.findLast((record) => isSame(record.run, run))
  const record: RunRecord = {
    number: begun?.number ?? (state.runs.at(-1)?.number ?? 0) + 1,
    run,
    of: { apiKey, tenantName: begun?.of.tenantName ?? tenantName, username },
    choices: begun?.choices ?? choices,
  }
  const runs = withRecord(state.runs, record)
  if (begun && begun !== latestRun(state)) return { ...state, runs }
  const next: State = begun
    ? { ...rest, runs }
    : { ...rest, runs, opened: record.number, comparing: false, tab: 'ceremony', optionsOpen: false }
  const took = run.took ?? 0
  const holds = (has: boolean) => ({ ...state.holding, [pair]: has })
  if (run.registered) {
    next.registered = { ...state.registered, [pair]: { answer: run.registered, took } }
    next.holding = holds(true)
  }
  if (run.authenticated) {
    next.sessions = {
      ...state.sessions,
      [pair]: { answer: run.authenticated, took, expiresAt: endOf(run.authenticated, Date.now()) },
    }
    next.holding = holds(true)
    next.tab = 'token'
    if (state.apiKey === apiKey) next.username = run.authenticated.user.username
  }
  if (!run.failure) return next
  if (run.failure.problem?.checks) next.tab = 'checks'
  return { ...next, ...learnedFrom(next, record, run.failure, pair) }
}

function withoutSought({ sought: _, ...state }: State): State {
  return state
}

function without(state: State, field: 'apiKey' | 'username'): State {
  if (state.missing?.field !== field) return state
  const { missing: _, ...rest } = state
  return rest
}
