import type { Check } from '#lib/webauthn/checks/check.ts'
import type { Run } from '../run.ts'

/** The checks that a run brought, wherever its answer carries them; of an approval that came after it, those. */
export function checksOf(run: Run): readonly Check[] | undefined {
  return run.approved ?? run.registered?.checks ?? run.authenticated?.checks ?? run.failure?.problem?.checks
}
