import type { CauseEntry } from './cause-entry.ts'
import { dialogueCauses } from './dialogue-causes.ts'
import { optionCauses } from './option-causes.ts'
import { pageCauses } from './page-causes.ts'

/**
 * Why `navigator.credentials` fails: what each reason shows as, when it can be, how likely it is and what helps.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-create-request-exceptions
 * @see https://www.w3.org/TR/webauthn-3/#sctn-get-request-exceptions
 */
export const browserCauses: readonly CauseEntry[] = [...pageCauses, ...dialogueCauses, ...optionCauses]
