import { algorithmRules } from './algorithm-rules.ts'
import { attestationRules } from './attestation-rules.ts'
import { authenticatorRules } from './authenticator-rules.ts'
import { credentialRules } from './credential-rules.ts'
import { extensionRules } from './extension-rules.ts'
import { mediationRules } from './mediation-rules.ts'
import { memberRules } from './member-rules.ts'
import { namingRules } from './naming-rules.ts'
import type { LintRule } from './rule.ts'
import { timeoutRules } from './timeout-rules.ts'

/** Every rule, in the order in which findings of one severity are shown. */
export const rules: readonly LintRule[] = [
  ...namingRules,
  ...extensionRules,
  ...mediationRules,
  ...credentialRules,
  ...authenticatorRules,
  ...algorithmRules,
  ...attestationRules,
  ...timeoutRules,
  ...memberRules,
]
