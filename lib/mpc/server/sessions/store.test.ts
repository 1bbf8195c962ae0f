import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { later } from '../clock.ts'
import { closeDatabase } from '../db/database.ts'
import { begin, find, transaction } from './store.ts'

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
