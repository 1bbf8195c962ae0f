import { authenticationFaults } from './authentication-faults.ts'
import { type Fault, faultGroups } from './fault.ts'
import { registrationFaults } from './registration-faults.ts'

export { type Fault, faultGroups } from './fault.ts'
export type { FaultResult } from './fault-result.ts'
export type { FaultTarget, TargetAnswer } from './fault-target.ts'
export {
  httpTarget,
  playgroundMapping,
  simpleWebAuthnMapping,
  type TargetCall,
  type TargetMapping,
} from './http-target.ts'
export { FaultLab, type LabSettings, lateAfter } from './lab.ts'

/** Every way to break a ceremony, those of sign-ins first, in the order of their groups. */
export const faults: readonly Fault[] = faultGroups.flatMap((group) =>
  [...authenticationFaults, ...registrationFaults].filter((fault) => fault.group === group),
)
