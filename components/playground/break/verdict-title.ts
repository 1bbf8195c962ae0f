import { tells } from '#lib/webauthn/faults/fault-result.ts'
import type { Fault, FaultResult } from '#lib/webauthn/faults/index.ts'
import { refuserOf } from './matrix.ts'

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
