import { expect, test } from 'vitest'
import { type Fault, FaultLab, faults, httpTarget, playgroundMapping } from '#lib/webauthn/faults/index.ts'
import { database } from '../../db/database.ts'
import { baseUrl, newTenant, request } from './harness.ts'

/** A lab on a tenant of its own; what is late is late in the database, since five minutes are long. */
async function newLab() {
  const { tenant, key, stored } = await newTenant()
  const wait = async () => {
    const db = await database()
    await db.ceremony.updateMany({ where: { tenantId: tenant.id }, data: { expiresAt: new Date(0) } })
  }
  const target = httpTarget(playgroundMapping(baseUrl, key.secret), { fetch: request, wait })
  return { lab: new FaultLab(target, { origin: baseUrl, wait }), stored, key, wait, target }
}

const named = faults.map((fault) => [fault.id, fault] as const)

test.for(named)('%s is caught by the check that must refuse it', async ([, fault]) => {
  const { lab } = await newLab()
  const result = await lab.try(fault)
  expect(result).toMatchObject({ verdict: 'caught' })
  expect(result.by).toContain(fault.refusedBy)
})

test('what it refuses changes nothing, and an honest sign-in is still accepted after it', async () => {
  const { lab, stored } = await newLab()
  const flipped = faults.find(({ id }) => id === 'bit-flipped') as Fault
  await lab.try(flipped)
  const before = await stored()
  for (const fault of faults.filter(({ timing, ceremony }) => !timing && ceremony === 'authentication')) {
    expect(await lab.try(fault)).toMatchObject({ verdict: 'caught' })
  }
  expect(await stored()).toEqual(before)
  const twice = faults.find(({ id }) => id === 'answered-twice') as Fault
  expect(await lab.try(twice)).toMatchObject({ verdict: 'caught', code: 'ceremony_unknown' })
})

test('whoever has a passkey of the lab signs in once more at its end, whatever was tried', async () => {
  const { target, wait } = await newLab()
  const answers: boolean[] = []
  const watched = new FaultLab(
    {
      ...target,
      finish: async (...answer) => {
        const said = await target.finish(...answer)
        answers.push(said.accepted)
        return said
      },
    },
    { origin: baseUrl, wait },
  )
  const tried = ['register-ids-differ', 'registered-twice', 'ids-differ']
  for (const fault of faults.filter(({ id }) => tried.includes(id))) await watched.try(fault)
  answers.length = 0
  await watched.leave((username) => username !== watched.username)
  expect(answers).toEqual([true, true])
})

test('a server that accepts everything has a hole for each fault, and one that refuses everything is not judged', async () => {
  const { target, wait } = await newLab()
  const accepting = new FaultLab(
    {
      ...target,
      finish: async (...answer) => {
        await target.finish(...answer)
        return { accepted: true, status: 200 }
      },
    },
    { origin: baseUrl, wait },
  )
  const refusing = new FaultLab(
    { ...target, finish: async () => ({ accepted: false, status: 400 }) },
    { origin: baseUrl, wait },
  )
  for (const fault of faults.slice(0, 8)) {
    expect(await accepting.try(fault)).toMatchObject({ verdict: 'hole', by: [] })
    expect(await refusing.try(fault)).toMatchObject({
      verdict: 'untried',
      reason: `The server refuses an honest registration, made as a page of ${baseUrl}: 400.`,
    })
  }
})

test('a registration that names another passkey takes none away from those that come after it', async () => {
  const { lab } = await newLab()
  for (const id of ['register-ids-differ', 'answered-twice', 'used-challenge'])
    expect([id, await lab.try(faults.find((one) => one.id === id) as Fault)]).toMatchObject([id, { verdict: 'caught' }])
})

test('an id is there once, and nothing is shown of it that is not said', () => {
  expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length)
  for (const fault of faults) expect(`${fault.attack} ${fault.where}`).toMatch(/\.$/)
})
