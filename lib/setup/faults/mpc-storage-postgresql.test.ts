import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Issuer, startIssuer } from '../issuer.ts'
import { mpcUser } from '../mpc-user.ts'
import { postgresqlPrograms } from '../postgresql.mjs'
import { serveMpc } from '../serve-mpc.ts'
import {
  expectCallsFull,
  expectCallsRefused,
  expectGoesOn,
  type Holder,
  newHolder,
  outlastCalls,
} from './refusing-mpc.ts'
import { hasOwnDisk, type RefusingPostgresql, refusingPostgresql } from './refusing-postgresql.ts'
import { isWhole } from './whole.ts'

// An MPC server whose own PostgreSQL refuses for a while, as its users see it; mpc-storage.test.ts has SQLite's.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

describe.runIf(postgresqlPrograms())('an MPC server whose PostgreSQL refuses', () => {
  let postgresql: RefusingPostgresql
  let issuer: Issuer
  let server: Awaited<ReturnType<typeof serveMpc>>
  let holder: Holder

  const serving = () =>
    serveMpc({
      ...{ MPC_ISSUER: issuer.url, MPC_DATABASE_URL: postgresql.url },
      MPC_SECRET: 'another secret of tests, at least 32 characters',
    })

  beforeAll(async () => {
    postgresql = await refusingPostgresql('mpc')
    issuer = await startIssuer()
    server = await serving()
    holder = await newHolder(issuer, server.url)
  })
  afterAll(async () => {
    expect(await server?.stop()).toBe(0)
    // What the storage refuses is foreseen.
    expect(server?.output.join('')).not.toContain('call failed')
    await issuer?.stop()
    await postgresql?.stop()
  })

  test('read-only: every call is refused, and the log says why', async () => {
    await outlastCalls(holder, postgresql.readOnly)
    expect(server.output.join('')).toMatch(/read-only transaction.*unavailable: calls are refused/)
  })

  test.runIf(isWhole)('read-only: a standby is no other, and no server starts on it, which says why', async () => {
    await outlastCalls(holder, async () => {
      const end = await postgresql.standby()
      await expect(serving()).rejects.toThrow(/cannot be used: it may only be read/)
      return end
    })
  })

  // It takes as long as the server is patient.
  test.runIf(isWhole)('lock: another process’s is waited for, and then said', async () => {
    await outlastCalls(holder, postgresql.locked)
  })

  test.runIf(hasOwnDisk)(
    'disk: once it is full what finds no room is refused, and nothing that was answered is lost',
    async () => {
      await expectGoesOn(holder)
      const makeRoom = postgresql.full()
      await expectCallsFull(holder)
      await makeRoom()
      await expectGoesOn(holder)
    },
  )

  test('damage: keys whose pages are overwritten are refused and said, and all else goes on', async () => {
    await expectGoesOn(holder)
    const putBack = await postgresql.damaged('Key')
    await expect.poll(holder.isServing).toBe(true)
    const other = await mpcUser(issuer, server.url, { sub: 'usr_other' })
    // A connection that broke meanwhile may be the next one’s.
    await vi.waitFor(() => other.beginKey(), { timeout: 60_000 })
    const { 'a new key': _, ...ofKeys } = holder.calls
    await expectCallsRefused(ofKeys)
    await other.beginKey()
    expect(server.output.join('')).toMatch(/a page of it is damaged.*invalid page in block 0.*calls are refused/)
    await putBack()
    await expectGoesOn(holder)
  })
})
