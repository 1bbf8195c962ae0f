import { level3 } from '../specifications.ts'
import { inBoth, type LintRule, withChosen } from './rule.ts'

const second = 1_000
const recommended = 300 * second

const source = `${level3}#sctn-timeout-recommended-range`
const mend = (ceremony: LintRule['ceremony']) => ({
  label: `Use ${recommended}`,
  change: (chosen: Parameters<LintRule['applies']>[0]) => withChosen(chosen, ceremony, 'timeout', recommended),
})

/** How long a person has; recommended are 5 to 10 minutes. */
export const timeoutRules: readonly LintRule[] = [
  ...inBoth((ceremony) => ({
    id: 'timeout-short',
    severity: 'warning',
    applies(chosen) {
      const { timeout } = chosen[ceremony]
      return typeof timeout === 'number' && timeout < 30 * second
        ? `timeout: ${timeout / second} s is little for a person who looks for a key or a phone. Recommended are 5 to 10 minutes; browsers may correct it.`
        : undefined
    },
    members: ['timeout'],
    mend: mend(ceremony),
    source,
  })),
  ...inBoth((ceremony) => ({
    id: 'timeout-long',
    severity: 'warning',
    applies(chosen) {
      const { timeout } = chosen[ceremony]
      return typeof timeout === 'number' && timeout > 600 * second
        ? `timeout: ${Math.round(timeout / 60 / second)} minutes is more than the recommended 10; browsers may correct it, and the server’s ceremony ends after 5.`
        : undefined
    },
    members: ['timeout'],
    mend: mend(ceremony),
    source,
  })),
]
