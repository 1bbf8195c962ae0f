import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
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
  for (const words of ['a.b.c', 'https://auth.example', audience, 'ES256', 'jwks.json']) expect(code).toContain(words)
  expect(code).toMatch(/exp/i)
  expect(code).not.toMatch(/undefined|sk_(?:test|live)_/)
})

// A machine of this project needs neither compiler: their programs were run with these libraries, and stay programs.
test.skipIf(lacks('gofmt'))('the program in Go is laid out as Go lays it out', async () => {
  const code = verifiedIn('Go', { token: 'a.b.c', issuer: 'https://auth.example', audience })
  expect(await parsed('gofmt', ['-e'], 'main.go', code)).toBe(`${code}\n`)
})

test.skipIf(lacks('javac'))('the program in Java is one to its compiler', async () => {
  const code = verifiedIn('Java', { token: 'a.b.c', issuer: 'https://auth.example', audience })
  const parse = ['-XDshould-stop.ifNoError=PARSE', '-XDshould-stop.at=PARSE']
  expect(await parsed('javac', parse, 'Verify.java', code)).toBe('')
  await expect(parsed('javac', parse, 'Verify.java', code.replace(';', ''))).rejects.toThrow('expected')
})

function lacks(compiler: string): boolean {
  const there = (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, compiler)))
  if (!there) console.log(`There is no ${compiler} on this machine: its program is not held against it.`)
  return !there
}

async function parsed(compiler: string, flags: string[], name: string, code: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'verify-'))
  writeFileSync(join(folder, name), `${code}\n`)
  const done = promisify(execFile)(compiler, [...flags, join(folder, name)])
  return (await done.finally(() => rmSync(folder, { recursive: true }))).stdout
}
