import type { FaultResult } from '#lib/webauthn/faults/fault-result.ts'
import type { IconName } from '../../ui/icon.tsx'

interface Words {
  /** In a list, in a word. */
  short: string
  icon: IconName
  ink: string
  wash: string
}

export const verdictWords: Readonly<Record<FaultResult['verdict'], Words>> = {
  caught: { short: 'caught', icon: 'check', ink: 'text-ok', wash: 'bg-ok-wash' },
  elsewhere: { short: 'elsewhere', icon: 'warning', ink: 'text-warn', wash: 'bg-warn-wash' },
  hole: { short: 'hole', icon: 'cross', ink: 'text-bad', wash: 'bg-bad-wash' },
  untried: { short: 'untried', icon: 'info', ink: 'text-soft', wash: 'bg-sunk' },
}

/** Status, code and time of the server's answer: `401 verification_failed · 11 ms`. */
export function answerWords(
  { status, code, took }: Pick<FaultResult, 'status' | 'code' | 'took'>,
  brief = false,
): string {
  const answer = [status, brief ? undefined : code].filter(Boolean).join(' ')
  return [answer, took === undefined ? '' : `${Math.round(took)} ms`].filter(Boolean).join(' · ')
}
