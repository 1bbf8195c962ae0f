import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { later } from '../clock.ts'
import { closeDatabase } from '../db/database.ts'
import { begin, count, find, transaction } from './store.ts'

afterAll(closeDatabase)

test('of two processes that begin a session under one id at once, one does; another user’s of that id is another session', async () => {
  const ada = { tenantId: 'tnt_acme', environment: 'test' as const, sub: 'usr_ada' }
  const eve = { ...ada, sub: 'usr_eve' }
  const id = randomUUID()
  const begun = (owner: typeof ada, beginHash: string) => {
    const session = { purpose: 'sign' as const, beginHash, beginAnswer: '', expiresAt: later(600_000) }
    return transaction((tx) => begin(owner, id, session, tx))
  }
  const [one, two, three] = await Promise.all([begun(ada, 'one'), begun(ada, 'two'), begun(eve, 'three')])
  // Whichever came first.
  expect([one !== two, three]).toEqual([true, true])
  const beginHash = one ? 'one' : 'two'
  expect([await find(ada, id), await find(eve, id)]).toMatchObject([{ beginHash }, { beginHash: 'three' }])
})

test('a session that began before the clock was set back takes no room from one that begins now', async () => {
  const bob = { tenantId: 'tnt_acme', environment: 'test' as const, sub: 'usr_bob' }
  for (const ahead of [300_000, 4_200_000]) {
    const session = { purpose: 'sign' as const, beginHash: 'one', beginAnswer: '', expiresAt: later(ahead) }
    await transaction((tx) => begin(bob, randomUUID(), session, tx))
  }
  expect([await count(bob, later(660_000)), await count(bob, later(5_000_000))]).toEqual([1, 2])
})
