import { type Check, failed } from '../checks/check.ts'
import type { Fault } from './fault.ts'
import type { SentCredential, TargetAnswer } from './fault-target.ts'

/**
 * What became of a fault. `caught`: refused by what must refuse it, or, of a server that does not tell, refused at all;
 * `elsewhere`: refused, but by other checks; `hole`: accepted; `untried`: it could not be tried, and `reason` says why.
 */
export interface FaultResult {
  id: Fault['id']
  verdict: 'caught' | 'elsewhere' | 'hole' | 'untried'
  /** Ids of the checks that refused it, or the code. */
  by: readonly string[]
  was: string
  is: string
  status?: number
  code?: string | undefined
  checks?: readonly Check[] | undefined
  /** What was sent. */
  sent?: SentCredential
  /** Milliseconds that the server took for the answer. */
  took?: number
  reason?: string
}

/** What a server's answer to a fault means. */
export function verdictOn(fault: Fault, answer: TargetAnswer): Pick<FaultResult, 'verdict' | 'by'> {
  const { accepted, checks, code } = answer
  if (accepted) return { verdict: 'hole', by: [] }
  const by = checks?.length ? failed(checks).map(({ id }) => id) : code ? [code] : []
  return { verdict: !tells(fault, answer) || by.includes(fault.refusedBy) ? 'caught' : 'elsewhere', by }
}

/** Whether a server says what refused it: many do not, and are taken at their word that they refused. */
export function tells({ refusedBy }: Pick<Fault, 'refusedBy'>, answer: Pick<TargetAnswer, 'checks' | 'code'>): boolean {
  return Boolean(answer.checks?.length) || answer.code === refusedBy
}
