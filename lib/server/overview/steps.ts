import type { HomeView } from '#lib/contract/console-home.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { type Caller, placeOf } from '../caller.ts'
import { countClients } from '../clients/clients.ts'
import { countCompany } from '../console/members.ts'
import { anyKeyWorks } from '../keys/keys.ts'
import { newestUsers } from '../passkeys/users/users.ts'
import { byTurns } from './by-turns.ts'

// Somebody among so many of the newest users has signed in, where anybody has begun to use it.
const lookedAt = 50

/** What of the beginning is done, by what is there: of what stands in one environment, either will do. */
export async function stepsOf(
  { tenant }: Caller,
  callerIn: (environment: Environment) => Caller,
): Promise<HomeView['steps']> {
  const both = [callerIn('test'), callerIn('live')]
  const somewhere = async (found: (caller: Caller) => Promise<boolean | number>) =>
    (await byTurns(both.map((caller) => () => found(caller)))).some(Boolean)
  const [key, signedIn, client, company] = await byTurns([
    () => somewhere((caller) => anyKeyWorks(placeOf(caller))),
    () =>
      somewhere(async (caller) => (await newestUsers(caller, lookedAt)).some(({ lastUsedAt }) => lastUsedAt !== null)),
    () => somewhere((caller) => countClients(placeOf(caller))),
    () => countCompany(tenant.id),
  ])
  return [
    { step: 'key', done: key },
    { step: 'sign-in', done: signedIn },
    { step: 'branding', done: [tenant.brandName, tenant.brandColor, tenant.logoUrl].some((chosen) => chosen !== null) },
    { step: 'relying-party', done: [tenant.rpId, tenant.rpName, tenant.origins].some((chosen) => chosen !== null) },
    { step: 'client', done: client },
    { step: 'member', done: company > 1 },
  ]
}
