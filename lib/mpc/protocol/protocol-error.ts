import type { PartyName } from './party-names.ts'
import { type Reason, reasons } from './reasons.ts'

/** The protocol was refused: by its reason, which is stable, and by the party that is to blame, where there is one. */
export class ProtocolError extends Error {
  override name = 'ProtocolError'
  readonly reason: Reason
  readonly party: PartyName | undefined
  constructor(reason: Reason, detail?: string, { party, cause }: { party?: PartyName; cause?: unknown } = {}) {
    super(detail ?? `${reasons[reason]}${party ? `: ${party}` : ''}.`, { cause })
    this.reason = reason
    this.party = party
  }
}
