import type { Caller } from '../caller.ts'
import { invalid } from '../problem.ts'

/**
 * Refuses options that are for experiments, in a live environment: its passkeys are all of its own RP ID and of user handles
 * that this server made.
 *
 * @param chosen by their paths in the options, undefined where nothing was chosen
 * @throws Problem invalid_request
 */
export function refuseOutsideTest({ environment }: Pick<Caller, 'environment'>, chosen: Record<string, unknown>): void {
  if (environment === 'test') return
  const path = Object.keys(chosen).find((path) => chosen[path] !== undefined)
  if (path) throw invalid(`options.${path}`, 'can be chosen in a test environment alone')
}
