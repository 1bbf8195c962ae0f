import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { afterAll, expect, test, vi } from 'vitest'
import { newDataDir } from '../../setup/isolated.ts'
import { startIssuer } from '../../setup/issuer.ts'
import { mpcUser, refusalOf } from '../../setup/mpc-user.ts'
import { serveMpc } from '../../setup/serve-mpc.ts'

// Two processes on one database.

vi.setConfig({ testTimeout: 60_000 })

const issuer = await startIssuer()
const settings = {
  MPC_ISSUER: issuer.url,
  DATA_DIR: newDataDir('mpc-processes'),
  MPC_USAGE_TOKEN: 'st_mpc_of-this-test',
}
const first = await serveMpc(settings)
const second = await serveMpc(settings)
afterAll(async () => {
  await Promise.all([first.stop(), second.stop()])
  await issuer.stop()
})

const message = new TextEncoder().encode('Pay 12.50 USDC to Globex')

test('a key that is frozen at one process signs nothing at the other, at once, nor what had begun there', async () => {
  const claims = { sub: `usr_${randomUUID()}` }
  const here = await mpcUser(issuer, first.url, claims)
  const there = await mpcUser(issuer, second.url, claims)
  const made = await here.makeKey()
  expect(await there.signed(made, message)).toHaveLength(64)
  const begun = await there.beginSignature(made, message)
  await here.keys.freeze({ keyId: made.id }, here.headers())
  const frozen = { code: 'PermissionDenied', reason: 'key_frozen' }
  const shares = [there.shareOf(begun)]
  expect(await refusalOf(there.sign.finish({ shares }, there.headers(begun.session)))).toMatchObject(frozen)
  expect(await refusalOf(there.signed(made, message))).toMatchObject(frozen)
  expect((await here.keys.get({ keyId: made.id }, here.headers())).key?.signatures).toBe(1n)
})

test('told to stop, a process answers the calls that are under way, counts them, and takes no new ones', async () => {
  const azp = randomUUID()
  await issuer.rotate()
  const { keys, headers } = await mpcUser(issuer, second.url, { sub: `usr_${randomUUID()}`, azp })
  // Until the issuer tells its new key, nobody knows whether their token is good.
  const issuers = issuer.hold()
  const calls = Promise.all([1, 2, 3, 4, 5].map(() => keys.list({}, headers())))
  await issuers.asked
  const stopped = second.stop('SIGTERM')
  await expect.poll(() => reaches(second.port)).toBe(false)
  issuers.release()
  expect((await calls).map(({ keys }) => keys)).toEqual([[], [], [], [], []])
  expect(await stopped).toBe(0)
  // What it had no time to tell, the other tells with its own.
  const other = await mpcUser(issuer, first.url, { sub: `usr_${randomUUID()}` })
  await other.keys.list({}, other.headers())
  await expect.poll(() => issuer.usage.filter(({ data }) => data.azp === azp).length).toBe(5)
})

function reaches(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, 'localhost', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
