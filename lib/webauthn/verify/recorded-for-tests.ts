import type { Check } from '../checks/index.ts'

/** Two ledgers of one response, the page's first, without the steps that were told to the server alone. */
export function toldToBoth(page: readonly Check[], server: readonly Check[]): [Check[], Check[]] {
  const untold = page.filter(({ actual }) => /^nothing is stored here|: .* was not told$/.test(actual))
  const without = (checks: readonly Check[]) => checks.filter(({ id }) => !untold.some((step) => step.id === id))
  return [without(page), without(server)]
}
