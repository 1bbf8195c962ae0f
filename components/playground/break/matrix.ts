import { checkNamed } from '#lib/webauthn/checks/index.ts'
import { tells } from '#lib/webauthn/faults/fault-result.ts'
import { type Fault, type FaultResult, faults } from '#lib/webauthn/faults/index.ts'
import { level3 } from '#lib/webauthn/specifications.ts'

/** What stands where a fault's row and a check's column meet. */
export type Mark = 'refused' | 'somehow' | 'also' | 'accepted'

export interface Matrix {
  columns: readonly { id: string; title: string }[]
  rows: readonly { fault: Fault; marks: Readonly<Partial<Record<string, Mark>>> }[]
}

/** What refuses a fault: a check, and a ceremony that is over. */
export function refuserOf({ ceremony }: Pick<Fault, 'ceremony'>, id: string) {
  return (
    checkNamed(ceremony, id) ?? {
      id,
      title: id === 'ceremony_unknown' ? 'Ceremony open' : id,
      spec: `${level3}#sctn-cryptographic-challenges`,
      step: undefined,
    }
  )
}

/** Faults against checks: what must refuse each, what refused it as well, and what nothing refused. */
export function matrixOf(results: Readonly<Partial<Record<string, FaultResult>>>): Matrix {
  const titles = new Map<string, string>()
  const column = (fault: Fault, id: string) => titles.has(id) || titles.set(id, refuserOf(fault, id).title)
  for (const fault of faults) column(fault, fault.refusedBy)
  const rows = faults.map((fault) => {
    const result = results[fault.id]
    const { verdict, by = [] } = result ?? {}
    const marks: Record<string, Mark> = {}
    for (const id of by) {
      marks[id] = 'also'
      column(fault, id)
    }
    if (result && verdict === 'caught') marks[fault.refusedBy] = tells(fault, result) ? 'refused' : 'somehow'
    if (verdict === 'hole') marks[fault.refusedBy] = 'accepted'
    return { fault, marks }
  })
  return { columns: [...titles].map(([id, title]) => ({ id, title })), rows }
}
