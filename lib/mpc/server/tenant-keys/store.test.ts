import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeDatabase, database } from '../db/database.ts'
import { count, type Filter, list } from './store.ts'

// On PostgreSQL, too.

const acme = { tenantId: 'tnt_acme', environment: 'live' as const }
const globex = { tenantId: 'tnt_globex', environment: 'live' as const }
const other = { tenantId: 'tnt_acme', environment: 'test' as const }
const keys = 2_500

function row(tenancy: typeof acme | typeof other, at: number, changes: object = {}) {
  return {
    ...{
      ...tenancy,
      id: `mpk_${tenancy.tenantId}_${tenancy.environment}_${at}`,
      sub: 'usr_many',
      label: `Payroll ${at}`,
    },
    ...{
      suite: 'ed25519',
      threshold: 2,
      parties: '[]',
      publicKey: Buffer.alloc(32),
      publicPackage: '{}',
      identityKeys: '{}',
    },
    ...{ share: '', approval: 'always', maxPerHour: 0, createdAt: new Date(1_700_000_000_000 + at), ...changes },
  }
}

beforeAll(async () => {
  const many = Array.from({ length: keys }, (_, at) => row(acme, at))
  const old = { id: 'mpk_old', sub: 'usr_old', label: 'Treasury of 2020 %', frozen: true }
  many[0] = row(acme, 0, old)
  many.push(row(globex as typeof acme, 0, { ...old, id: 'mpk_theirs' }), row(other, 0, { ...old, id: 'mpk_elsewhere' }))
  await (await database()).key.createMany({ data: many })
})
afterAll(closeDatabase)

const found = async (filter: Partial<Filter>) => {
  const asked = { textUsers: [], ...filter }
  const ids = (await list(acme, asked, 3)).map(({ id }) => id)
  expect(await count(acme, asked, 10_001)).toBeGreaterThanOrEqual(ids.length)
  return ids
}

test('however old a key is, it is found by its id, by what its label or user begins with, and by a user who is named', async () => {
  for (const text of ['mpk_old', 'Treas', 'Treasury of 2020 %', 'usr_o'])
    expect([text, await found({ text })]).toEqual([text, ['mpk_old']])
  expect(await found({ text: 'nobody', textUsers: ['usr_old', 'usr_x'] })).toEqual(['mpk_old'])
  expect(await found({ text: 'Treas', frozen: true, user: 'usr_old' })).toEqual(['mpk_old'])
  for (const more of [{ frozen: false }, { user: 'usr_many' }])
    expect(await found({ text: 'Treas', ...more })).toEqual([])
  for (const text of ['mpk_theirs', 'mpk_elsewhere', 'Treasury_of', 'Treasury of 2020 _'])
    expect(await found({ text })).toEqual([])
})

test('by a part of it, in either case of letters, a key is found among the newest 2,000', async () => {
  for (const text of ['easury', 'TREASURY', '_old']) expect([text, await found({ text })]).toEqual([text, []])
  expect(await found({ text: 'ROLL 2499' })).toEqual([row(acme, 2_499).id])
  expect(await found({ text: 'live_500' })).toEqual([row(acme, 500).id])
  expect(await found({ text: 'live_499' })).toEqual([])
})

test('what begins alike is listed newest first, and no more is counted than is asked for', async () => {
  expect(await found({ text: 'Payroll' })).toEqual([2_499, 2_498, 2_497].map((at) => row(acme, at).id))
  const all = { textUsers: [] }
  expect([await count(acme, all, 10_001), await count(acme, all, 1_000)]).toEqual([keys, 1_000])
  expect([await count(acme, { ...all, frozen: true }, 9), await count(acme, { ...all, frozen: false }, 9_999)]).toEqual(
    [1, keys - 1],
  )
})
