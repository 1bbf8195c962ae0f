import { beforeAll, expect, test } from 'vitest'
import type { Operation } from '#lib/contract/operations.ts'
import { fileOf } from '#lib/foundation/database-place.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { commitsDuring } from '../../setup/bench/commits.ts'
import { api } from '../api/app.ts'
import type { Caller } from '../caller.ts'
import { direct } from '../db/database.ts'
import { env } from '../env.ts'
import { authenticate } from '../keys/authenticate.ts'
import { createKey } from '../keys/make-key.ts'
import { beginAuthentication } from '../passkeys/begin-authentication.ts'
import { beginRegistration } from '../passkeys/begin-registration.ts'
import { finishAuthentication } from '../passkeys/finish-authentication.ts'
import { finishRegistration } from '../passkeys/finish-registration.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'

// Ceremonies count themselves in the commit that their answer waits for.

const authenticator = new SoftwareAuthenticator({ origin: new URL(env().baseUrl).origin, algorithms: [-7] })
let secret: string
beforeAll(async () => {
  const tenant = await createTenant({ name: 'Shop', slug: 'in-commit' })
  const scopes = ['passkeys:register' as const, 'passkeys:authenticate' as const]
  ;({ secret } = await createKey(await actFor(tenant.id, 'live'), { name: 'x', scopes }))
})

/** The caller of a request that is counted as `operation`, unless its verb refuses it. */
async function asking(operation: Operation): Promise<Caller & { counting: { written: boolean } }> {
  const counting = { operation: () => operation, requests: 1, inFlight: 1, written: false }
  return { ...(await authenticate(secret)), counting }
}

async function counted(): Promise<Record<string, number>> {
  const sql = 'SELECT "operation", "outcome", sum("requests") AS "requests" FROM "UsageShard" GROUP BY 1, 2'
  const rows = await (await direct()).all<{ operation: string; outcome: string; requests: number }>(sql)
  return Object.fromEntries(rows.map(({ operation, outcome, requests }) => [`${operation} ${outcome}`, requests]))
}

/** Registers somebody and signs them in; what was asked for last, to ask again. */
async function ceremonies(username: string, each: <Result>(work: () => Promise<Result>) => Promise<Result>) {
  const begun = await each(async () => beginRegistration(await asking('passkeys.register.begin'), { username }))
  const made = { ceremonyId: begun.ceremonyId, credential: authenticator.create(begun.publicKey) as never }
  await each(async () => finishRegistration(await asking('passkeys.register.finish'), made))
  const asked = await each(async () => beginAuthentication(await asking('passkeys.authenticate.begin'), { username }))
  const shown = { ceremonyId: asked.ceremonyId, credential: authenticator.get(asked.publicKey) as never }
  await each(async () => finishAuthentication(await asking('passkeys.authenticate.finish'), shown))
  return shown
}

test('each half of a ceremony is one commit, which counts it; what is refused is left to whoever counts refusals', async () => {
  // Whatever a process does once, or once a minute, is done with the first.
  await ceremonies('grace', (work) => work())
  const commits: number[] = []
  const shown = await ceremonies('ada', async (work) => {
    const outcome: Awaited<ReturnType<typeof work>>[] = []
    const run = async () => void outcome.push(await work())
    commits.push(await commitsDuring(fileOf(env().database), run))
    return outcome[0] as Awaited<ReturnType<typeof work>>
  })
  const good = await counted()
  const late = await asking('passkeys.authenticate.finish')
  await expect(finishAuthentication(late, shown)).rejects.toMatchObject({ code: 'ceremony_unknown' })

  expect(commits).toEqual([1, 1, 1, 1])
  const both = { 'passkeys.register.begin ok': 2, 'passkeys.register.finish ok': 2 }
  expect(good).toEqual({ ...both, 'passkeys.authenticate.begin ok': 2, 'passkeys.authenticate.finish ok': 2 })
  expect([late.counting.written, await counted()]).toEqual([false, good])
})

test('through the API a good request is counted once, and a refused one once by its outcome', async () => {
  const before = await counted()
  const ask = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
    const answer = await api().request(path, { method: 'POST', headers, body: JSON.stringify(body) })
    return (await answer.json()) as { ceremonyId: string; publicKey: never; code?: string }
  }
  const { ceremonyId, publicKey } = await ask('/v1/passkeys/authenticate/begin', { username: 'ada' })
  const body = { ceremonyId, credential: authenticator.get(publicKey) }
  const answers = [
    await ask('/v1/passkeys/authenticate/finish', body),
    await ask('/v1/passkeys/authenticate/finish', body),
  ]
  expect(answers.map(({ code }) => code)).toEqual([undefined, 'ceremony_unknown'])
  const finish = 'passkeys.authenticate.finish'
  expect(await counted()).toEqual({
    ...before,
    'passkeys.authenticate.begin ok': (before['passkeys.authenticate.begin ok'] ?? 0) + 1,
    [`${finish} ok`]: (before[`${finish} ok`] ?? 0) + 1,
    [`${finish} ceremony_unknown`]: 1,
  })
})
