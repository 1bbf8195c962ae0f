import type { Passkey } from '#lib/contract/passkeys.ts'
import type { Failure } from './run.ts'
import { isOf, type RunRecord, type State } from './state.ts'

/** Codes that say something of the key, whichever call they answer. */
const ofKey = ['api_key_invalid', 'ip_not_allowed']

/** Codes and exceptions of a registration that say that the user has a passkey already. */
const already = ['user_exists', 'InvalidStateError']

/** What the failure of a ceremony tells of more than the ceremony: of the key, or of passkeys. */
export function learnedFrom(state: State, record: RunRecord, failure: Failure, pair: string): Partial<State> {
  if (ofKey.includes(failure.code)) {
    return state.apiKey === record.of.apiKey ? { key: { status: 'refused', failure } } : {}
  }
  if (failure.code === 'user_unknown') return learnedFromList(state, pair, [])
  if (record.run.kind === 'registration' && already.includes(failure.code)) {
    return { holding: { ...state.holding, [pair]: true } }
  }
  const unknown = failure.problem?.checks?.some(({ id, outcome }) => id === 'credential-known' && outcome === 'fail')
  return unknown ? withoutCredential(state, record) : {}
}

/** What a list of all passkeys of a user tells: whether there is one, and which of those that were seen here are gone. */
export function learnedFromList(state: State, pair: string, ids: readonly string[]): Pick<State, 'holding' | 'gone'> {
  const missing = passkeysOf(state, pair).filter(({ id }) => !ids.includes(id))
  return { holding: { ...state.holding, [pair]: ids.length > 0 }, gone: including(state.gone, missing) }
}

/** The credential that was used is unknown to the server: a passkey that this key's tenant had is there no more. */
function withoutCredential(state: State, { run, of }: RunRecord): Partial<State> {
  const used = run.messages.find(({ id }) => id === 'credential')?.body as { id?: string } | undefined
  const pairs = [...new Set([...Object.keys(state.registered), ...Object.keys(state.sessions)])]
  const owner = pairs.find(
    (pair) => isOf(pair, of.apiKey) && passkeysOf(state, pair).some(({ credentialId }) => credentialId === used?.id),
  )
  if (!owner) return {}
  const kept = passkeysOf(state, owner).filter(({ credentialId }) => credentialId !== used?.id)
  return learnedFromList(
    state,
    owner,
    kept.map(({ id }) => id),
  )
}

/** The passkeys of one user of a key that were seen here. */
function passkeysOf({ registered, sessions }: State, pair: string): Passkey[] {
  return [registered[pair], sessions[pair]].flatMap((seen) => (seen ? [seen.answer.passkey] : []))
}

function including(gone: ReadonlySet<string>, passkeys: readonly Passkey[]): ReadonlySet<string> {
  return passkeys.length ? new Set([...gone, ...passkeys.map(({ id }) => id)]) : gone
}
