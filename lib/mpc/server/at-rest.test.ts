import { randomUUID } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, test, vi } from 'vitest'
import { isolated, newDataDir } from '../../setup/isolated.ts'
import { startIssuer } from '../../setup/issuer.ts'
import { mpcUser, refusalOf } from '../../setup/mpc-user.ts'
import { runScript } from '../../setup/run-script.ts'
import { serveMpc } from '../../setup/serve-mpc.ts'

vi.setConfig({ testTimeout: 180_000 })

const issuer = await startIssuer()
afterAll(() => issuer.stop())
const message = new TextEncoder().encode('Pay 12.50 USDC to Globex')

/** Starts a server on data that are there, and ends with what it says where it does not start. */
async function failure(dataDir: string, settings: Record<string, string> = {}): Promise<string> {
  const { code, stderr } = await runScript('lib/mpc/server/main.ts', [], { ...isolated(dataDir), ...settings })
  expect(code).toBe(1)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  return stderr
}

test('a share is in the database only sealed, bound to owner, key and generation; a backup signs, and only with its secret', async () => {
  const dataDir = newDataDir('mpc-at-rest')
  const settings = { MPC_ISSUER: issuer.url, DATA_DIR: dataDir }
  const claims = { sub: `usr_${randomUUID()}` }
  const first = await serveMpc(settings)
  const made = await (await mpcUser(issuer, first.url, claims)).makeKey()
  expect(await first.stop()).toBe(0)

  // As the server itself opens it.
  Object.assign(process.env, isolated(dataDir))
  const [{ unseal }, { closeDatabase }] = await Promise.all([import('./sealed.ts'), import('./db/database.ts')])
  const database = new Database(join(dataDir, 'mpc.db'))
  const { share: sealed } = database.prepare('SELECT share FROM "Key" WHERE id = ?').get(made.id) as { share: string }
  database.close()
  const boundTo = ['share', 'tnt_acme', 'test', claims.sub, made.id, 'server', 0]
  const share = Buffer.from(unseal(sealed, boundTo))
  expect(share).toHaveLength(32)
  for (const [at, other] of ['answer', 'tnt_globex', 'live', 'usr_eve', 'mpk_other', 'device', 1].entries()) {
    expect(() => unseal(sealed, boundTo.with(at, other))).toThrow()
  }
  const bytes = readFileSync(join(dataDir, 'mpc.db'))
  expect(bytes.includes(sealed)).toBe(true)
  expect(bytes.includes(share)).toBe(false)
  for (const form of ['hex', 'base64', 'base64url'] as const) expect(bytes.includes(share.toString(form))).toBe(false)
  await closeDatabase()

  const restored = newDataDir('mpc-restored')
  mkdirSync(restored, { recursive: true })
  copyFileSync(join(dataDir, 'mpc.db'), join(restored, 'mpc.db'))
  expect(await failure(restored)).toMatch(/was made under the MPC secret in .*mpc-secret, which is not there/)
  const secret = 'another secret, of more than 32 characters'
  expect(await failure(restored, { MPC_SECRET: secret })).toMatch(
    /made under another MPC secret than the one in MPC_SECRET/,
  )
  writeFileSync(join(restored, 'mpc-secret'), '')
  expect(await failure(restored)).toMatch(/has 0 characters and needs at least 32/)
  copyFileSync(join(dataDir, 'mpc-secret'), join(restored, 'mpc-secret'))
  const second = await serveMpc({ ...settings, DATA_DIR: restored })
  const { signed, keys, headers } = await mpcUser(issuer, second.url, claims)
  expect(await signed(made, message)).toHaveLength(64)
  expect(await refusalOf(keys.get({ keyId: 'mpk_nobodys' }, headers()))).toMatchObject({ code: 'NotFound' })
  await second.stop()
})
