import { type Fault, type FaultResult, faults } from '#lib/webauthn/faults/index.ts'

/** What became of a fault, and the call that carried it, to be copied. */
export interface Tried extends FaultResult {
  call?: { url: string; body: string } | undefined
}

/** What is known of one server on the bench. */
export interface LabState {
  results: Readonly<Partial<Record<Fault['id'], Tried>>>
  /** The one that is tried now. */
  trying?: Fault['id'] | undefined
  /** When the one that waits is answered, in epoch milliseconds; 0 while it is being prepared. */
  lateAt?: number | undefined
  /** Until when the server takes no call, in epoch milliseconds. */
  waitsUntil?: number | undefined
  /** The latest run of all. */
  all?: { at: string; status: 'running' | 'done' | 'stopped'; took: number } | undefined
  /** The passkeys that it made and that are still there. */
  left: number
  /** Single faults were tried, and more may be: the passkeys that this took are there. */
  holds: boolean
  /** How many laboratories take theirs away now. */
  tidying: number
}

export type LabAction =
  | { type: 'all-begun'; at: string }
  | { type: 'all-ended'; took: number }
  | { type: 'begun'; id: Fault['id'] }
  | { type: 'ended'; result: Tried }
  | { type: 'late-begun' }
  | { type: 'late-waits'; until: number }
  | { type: 'late-ended'; result: Tried }
  | { type: 'waits'; until: number | undefined }
  | { type: 'stopped'; took: number }
  | { type: 'tidying' }
  | { type: 'forgotten' }
  | { type: 'left'; left: number }

export const emptyLab: LabState = { results: {}, left: 0, holds: false, tidying: 0 }

/** The fault that takes five minutes. */
export const lateFault = faults.find(({ timing }) => timing === 'late') as Fault

/** What each event changes in what is known of a server. */
export function reduceLab(state: LabState, action: LabAction): LabState {
  switch (action.type) {
    case 'all-begun':
      return { ...state, results: {}, all: { at: action.at, status: 'running', took: 0 } }
    case 'all-ended':
      return {
        ...{ ...state, trying: undefined, waitsUntil: undefined, holds: false },
        all: over(state, 'done', action.took),
      }
    case 'begun':
      return { ...state, trying: action.id, holds: true }
    case 'ended':
      return {
        ...{ ...withResult(state, action.result), trying: undefined, waitsUntil: undefined },
        holds: state.all?.status === 'running' || action.result.verdict !== 'untried',
      }
    case 'late-begun':
      return { ...without(state, lateFault.id), lateAt: 0 }
    case 'late-waits':
      return { ...state, lateAt: action.until }
    case 'late-ended':
      return { ...withResult(state, action.result), lateAt: undefined }
    case 'waits':
      return { ...state, waitsUntil: action.until }
    case 'stopped':
      return {
        ...state,
        trying: undefined,
        lateAt: undefined,
        waitsUntil: undefined,
        holds: false,
        all: state.all?.status === 'running' ? over(state, 'stopped', action.took) : state.all,
      }
    case 'forgotten':
      return { ...emptyLab, tidying: state.tidying }
    case 'tidying':
      return { ...state, tidying: state.tidying + 1 }
    case 'left':
      return { ...state, left: action.left, tidying: Math.max(0, state.tidying - 1) }
  }
}

/** Every fault with its result, for the report: one without any is untried, and says why. */
export function resultsOf({ results, lateAt, all }: LabState): FaultResult[] {
  return faults.map((fault) => {
    const result = results[fault.id]
    if (result) {
      const { call: _, ...rest } = result
      return rest
    }
    const waits = fault === lateFault && lateAt
    const reason = waits
      ? `It is answered at ${new Date(lateAt).toISOString()}, and was not yet when this was written.`
      : all?.status === 'stopped'
        ? 'The run was stopped before it.'
        : 'It was not run.'
    return { id: fault.id, verdict: 'untried', by: [], was: '', is: '', reason }
  })
}

function over({ all }: LabState, status: 'done' | 'stopped', took: number): LabState['all'] {
  return all && { ...all, status, took }
}

function withResult(state: LabState, result: Tried): LabState {
  return { ...state, results: { ...state.results, [result.id]: result } }
}

function without(state: LabState, id: Fault['id']): LabState {
  const { [id]: _, ...results } = state.results
  return { ...state, results }
}
