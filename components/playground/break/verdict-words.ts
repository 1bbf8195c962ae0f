import { tells } from '#lib/webauthn/faults/fault-result.ts'
import type { Fault, FaultResult } from '#lib/webauthn/faults/index.ts'
import type { IconName } from '../../ui/icon.tsx'
import { refuserOf } from './matrix.ts'

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

/** The verdict as a sentence's head: “Caught by Origin”. */
export function verdictTitle(fault: Fault, result: FaultResult): string {
  const { verdict, by } = result
  const must = refuserOf(fault, fault.refusedBy).title
  if (verdict === 'untried') return 'It could not be tried'
  if (verdict === 'hole') return `Accepted: ${must} refused nothing`
  if (verdict === 'elsewhere')
    return `Refused, but not by ${must}: by ${by.map((id) => refuserOf(fault, id).title).join(', ')}`
  return tells(fault, result) ? `Caught by ${must}` : 'Refused; by which check this server does not say'
}

/** Status, code and time of the server's answer: `401 verification_failed · 11 ms`. */
export function answerWords({ status, code, took }: FaultResult, brief = false): string {
  const answer = [status, brief ? undefined : code].filter(Boolean).join(' ')
  return [answer, took === undefined ? '' : `${Math.round(took)} ms`].filter(Boolean).join(' · ')
}
