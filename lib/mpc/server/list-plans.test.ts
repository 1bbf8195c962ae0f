import { afterAll, expect, test } from 'vitest'
import { modelsOf } from '../../../prisma/to-models.ts'
import { beginAsking, statementsAsked, walks, walksAmongMuch } from '../../setup/list-plans.ts'
import { openOrders } from '../../setup/open-orders.ts'
import { rowsOfOthers } from '../../setup/rows-of-others.ts'
import * as approvals from './approvals/store.ts'
import { closeDatabase, database } from './db/database.ts'
import { env } from './env.ts'
import * as keys from './keys/store.ts'
import * as sessions from './sessions/store.ts'
import * as tenantKeys from './tenant-keys/store.ts'
import * as usage from './usage/store.ts'

// On PostgreSQL, too, there also by its planner's own choice among many rows.

afterAll(closeDatabase)

test('no list and no search of keys, and nothing that is swept, goes through a table', async () => {
  const { database: place } = env()
  if (place.engine === 'postgresql') {
    await rowsOfOthers(place.url)
    beginAsking()
  }
  const tenancy = { tenantId: 'tnt_1', environment: 'live' as const }
  const owner = { ...tenancy, sub: 'usr_1' }
  const after = { createdAt: new Date(), id: 'mpk_1' }
  for (const from of [undefined, after]) {
    await keys.list(owner, 51, from)
    for (const user of [undefined, 'usr_1'])
      for (const text of [undefined, 'ada'])
        for (const frozen of [undefined, true, false]) {
          const filter = { user, text, textUsers: text ? ['usr_1', 'usr_2'] : [], frozen }
          await tenantKeys.list(tenancy, filter, 51, from)
          await tenantKeys.count(tenancy, filter, 1_001)
        }
  }
  await keys.find(owner, 'mpk_1')
  await tenantKeys.find(tenancy, 'mpk_1')
  await keys.transaction((tx) => keys.count(owner, tx))
  await keys.signedWithinAnHour('mpk_1')
  await sessions.find(owner, 'ses_1')
  await sessions.count(owner, new Date())
  await sessions.removeExpired()
  await approvals.removeExpired()
  await usage.oldest(10)
  await usage.removeOld(new Date(0))
  const { questions, steps } = await walks(place)
  expect(questions).toBeGreaterThan(25)
  expect(steps).toEqual([])
  if (place.engine === 'postgresql') expect(await walksAmongMuch(place.url)).toEqual([])
  expect(openOrders(modelsOf('mpc'), statementsAsked())).toEqual([])
})

test('one that goes through a table is found', async () => {
  const { database: place } = env()
  beginAsking()
  await (await database()).key.findFirst({ where: { suite: 'ed25519' } })
  const found = [...(await walks(place)).steps]
  if (place.engine === 'postgresql') found.push(...(await walksAmongMuch(place.url)))
  expect(found.length).toBeGreaterThan(0)
  expect(new Set(found.map(({ table }) => table))).toEqual(new Set(['Key']))
})
