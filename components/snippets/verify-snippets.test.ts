import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { services, verifiedIn } from './verify-snippets.ts'

const audience = 'mpc-server:test'
const { publicKey, privateKey } = await generateKeyPair('ES256')
const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }
const server = createServer((_, response) => response.end(JSON.stringify({ keys: [jwk] })))
let issuer = ''

beforeAll(async () => {
  await once(server.listen(0), 'listening')
  issuer = `http://localhost:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

interface Wrong {
  typ?: string
  aud?: string
  iss?: string
  exp?: number
}

function issued({ typ = 'JWT', aud = audience, iss = issuer, exp = Date.now() / 1_000 + 60 }: Wrong = {}) {
  return new SignJWT({ providerTenantId: 'ten_1', sub: 'usr_1', aud, iss, exp: Math.floor(exp) })
    .setProtectedHeader({ alg: 'ES256', kid: 'k1', typ })
    .sign(privateKey)
}

describe('in Node', () => {
  const run = async (token: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'verify-'))
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(join(process.cwd(), 'node_modules/jose'), join(folder, 'node_modules/jose'))
    writeFileSync(join(folder, 'verify.mjs'), verifiedIn('Node', { token, issuer, audience }))
    return promisify(execFile)(process.execPath, [join(folder, 'verify.mjs')]).finally(() =>
      rmSync(folder, { recursive: true }),
    )
  }

  test('a user’s token is believed', async () => {
    expect((await run(await issued())).stdout).toBe('usr_1 ten_1\n')
  })

  test.each<[string, () => Wrong]>([
    ['an approval', () => ({ typ: 'approval+jwt' })],
    ['a token for somebody else', () => ({ aud: 'mpc-server:live' })],
    ['one of another server', () => ({ iss: 'http://other.example' })],
    ['one that has ended', () => ({ exp: 1 })],
  ])('%s is not', async (_, wrong) => {
    await expect(run(await issued(wrong()))).rejects.toThrow(/JWT|claim|exp/)
  })
})

test.each(services)('in %s the algorithm, issuer, audience and expiry are held against what is expected', (service) => {
  const code = verifiedIn(service, { token: 'a.b.c', issuer: 'https://auth.example', audience })
  for (const words of ['a.b.c', 'https://auth.example', audience, 'ES256', 'exp', 'jwks.json'])
    expect(code).toContain(words)
  expect(code).not.toMatch(/undefined|sk_(?:test|live)_/)
})
