import { EnvError, env } from '../env.ts'
import { closeLimits } from '../limits/limits.ts'
import { type Finding, failed, type Outcome, ok } from './finding.ts'
import { databaseSecretAndClock, disk, files } from './machine.ts'

export { open as bringUpToDate } from './store.ts'

import { address, mpc, proxies, redis, tls } from './outside.ts'

/**
 * Looks through all that a server stands on, and changes nothing of it but a probe's row in a database that is up to date. What
 * is broken is a finding, and no error; each look ends within seconds.
 */
export async function examine(): Promise<Finding[]> {
  const settings = settingsOf()
  if (settings.status === 'failed') return [{ check: 'settings', ...settings }]
  const looks = { disk, files, address, tls, proxies, redis, mpc }
  const [stored, ...outcomes] = await Promise.all([databaseSecretAndClock(), ...Object.values(looks).map(guarded)])
  await closeLimits()
  const found = new Map(Object.keys(looks).map((check, index) => [check, outcomes[index] as Outcome]))
  const of = (check: keyof typeof looks) => found.get(check) as Outcome
  const all = { settings, disk: of('disk'), files: of('files'), ...stored, ...Object.fromEntries(found) }
  return Object.entries(all).map(([check, outcome]) => ({ check, ...outcome }))
}

function settingsOf(): Outcome {
  try {
    env()
    return ok('Each has a value that can be read.')
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    return failed(error.message, 'Mend them in the environment or the file .env; the README says what each may be.')
  }
}

/** A look that could not be taken is a finding, too. */
function guarded(look: () => Promise<Outcome>): Promise<Outcome> {
  return look().catch((error: NodeJS.ErrnoException) =>
    failed(`This could not be looked at: ${error.code ?? error.name}.`, 'Try again, and tell us if it stays so.'),
  )
}
