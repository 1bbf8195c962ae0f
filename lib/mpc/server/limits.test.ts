import { randomUUID } from 'node:crypto'
import { afterAll, expect, test, vi } from 'vitest'
import { newDataDir } from '../../setup/isolated.ts'
import { startIssuer } from '../../setup/issuer.ts'
import { mpcUser, refusalOf } from '../../setup/mpc-user.ts'
import { selfSigned } from '../../setup/self-signed.ts'
import { serveMpc } from '../../setup/serve-mpc.ts'

vi.setConfig({ testTimeout: 60_000 })

const issuer = await startIssuer()
afterAll(() => issuer.stop())

test('a deadline that has passed is DEADLINE_EXCEEDED, and nothing was made', async () => {
  const server = await serveMpc({ MPC_ISSUER: issuer.url })
  const { keygen, keys, beginKey, headers } = await mpcUser(issuer, server.url, { sub: `usr_${randomUUID()}` })
  const { session, finish } = await beginKey()
  // A millisecond, kept by the server alone.
  const late = keygen.finish(finish, { headers: { ...headers(session).headers, 'grpc-timeout': '1m' } })
  expect(await refusalOf(late)).toMatchObject({ code: 'DeadlineExceeded', reason: 'deadline_exceeded' })
  // In turn after it: what the session had in memory has served, and made nothing.
  expect(await refusalOf(keygen.finish(finish, headers(session)))).toMatchObject({ reason: 'session_lost' })
  expect((await keys.list({}, headers())).keys).toEqual([])
  await server.stop()
})

test('a user who calls too often is RESOURCE_EXHAUSTED with retry-after, and nobody else is', async () => {
  const server = await serveMpc({ MPC_ISSUER: issuer.url })
  const { keys, headers } = await mpcUser(issuer, server.url, { sub: `usr_${randomUUID()}` })
  const outcomes = await Promise.allSettled(Array.from({ length: 640 }, () => keys.list({}, headers())))
  expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(600)
  const refused = await refusalOf(keys.list({}, headers()))
  expect(refused).toMatchObject({ code: 'ResourceExhausted', reason: 'rate_limited' })
  expect(Number(refused.retryAfter)).toBeGreaterThan(0)
  const other = await mpcUser(issuer, server.url, { sub: `usr_${randomUUID()}` })
  expect((await other.keys.list({}, other.headers())).keys).toEqual([])
  await server.stop()
})

test('over TLS, too; told to stop it lets connections go and exits with 0', async () => {
  const { certificate, key } = selfSigned(newDataDir('mpc-tls'))
  const server = await serveMpc({ MPC_ISSUER: issuer.url, MPC_TLS_CERT: certificate, MPC_TLS_KEY: key })
  const nodeOptions = { rejectUnauthorized: false }
  const { keys, headers } = await mpcUser(issuer, server.url, { sub: `usr_${randomUUID()}` }, nodeOptions)
  expect((await keys.list({}, headers())).keys).toEqual([])
  // The connection is open, and idle.
  expect(await server.stop()).toBe(0)
  expect(await refusalOf(keys.list({}, headers()))).toMatchObject({ code: 'Unavailable' })
})
