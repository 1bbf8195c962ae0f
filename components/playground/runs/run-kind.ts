import type { RunRecord } from '../state.ts'

/** What a ceremony is called in a line: one without a dialogue is of its own kind. */
export function runKind({ run, choices }: Pick<RunRecord, 'run' | 'choices'>): string {
  if (run.kind === 'authentication') return 'Authenticate'
  return choices.registration.mediation === 'conditional' ? 'Conditional create' : 'Register'
}
