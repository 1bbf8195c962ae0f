import type { FaultResult } from './fault-result.ts'
import { faults } from './index.ts'
import { type FaultReport, type ReportOf, reportOn } from './report.ts'

/** The report on what was tried of WebAuthn's faults, in their order; one without a result is not in it. */
export function faultReport(results: readonly FaultResult[], about: ReportOf): FaultReport {
  return reportOn(faults, results, about)
}
