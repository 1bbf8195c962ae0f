import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Client } from '#lib/sdk/client.ts'
import { runScript } from '../setup/run-script.ts'
import { serve } from '../setup/serve.ts'

// What needs the process: its streams, its exit code, and the server beside it. Each command's own promises are tested where
// it is.

vi.setConfig({ testTimeout: 60_000 })

const settings = { DATA_DIR: mkdtempSync(join(tmpdir(), 'playground-admin-')), BASE_URL: '', LOG_LEVEL: 'debug' }
afterAll(() => rmSync(settings.DATA_DIR, { recursive: true, force: true }))

function admin(args: string[], more: Record<string, string> = {}) {
  return runScript('lib/server/admin.ts', args, { ...settings, ...more })
}

/** The one JSON document of a command that succeeds. */
async function jsonOf(args: string[], more?: Record<string, string>) {
  const { code, stdout, stderr } = await admin([...args, '--json'], more)
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  return JSON.parse(stdout)
}

const linkBase = async (more: Record<string, string> = {}) =>
  (await jsonOf(['console', 'invite', '--tenant', 'shop'], more)).link.split('/console/')[0]

beforeAll(async () => {
  await jsonOf(['tenants', 'create', '--name', 'Shop', '--slug', 'shop'])
})

test('what was wrong is said on standard error alone, without a stack, and the exit code is 1', async () => {
  const wrong: [said: string, args: string[], more?: Record<string, string>][] = [
    ['the slug “shop” exists already', ['tenants', 'create', '--name', 'X', '--slug', 'shop', '--json']],
    ['unknown command', ['tenants', 'destroy']],
    ['unknown option', ['tenants', 'list', '--everything']],
    ['PORT must be', ['tenants', 'list'], { PORT: 'x' }],
  ]
  await Promise.all(
    wrong.map(async ([said, args, more]) => {
      const { code, stdout, stderr } = await admin(args, more)
      expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining(said)])
      expect(stderr).not.toMatch(/^\s+at /m)
    }),
  )
})

test('it works beside a running server, which sees at once what it did; its links lead there, or where BASE_URL says', async () => {
  expect(await linkBase()).toBe('http://localhost:3000')
  const server = await serve('start', { ...settings, BASE_URL: 'https://auth.example', DEMO: 'off' })
  const [tenant, ...links] = await Promise.all([
    jsonOf(['tenants', 'create', '--name', 'Bank', '--slug', 'bank']),
    linkBase(),
    linkBase({ PORT: '4000' }),
    linkBase({ BASE_URL: 'https://other.example' }),
  ])
  expect(links).toEqual(['https://auth.example', 'https://auth.example', 'https://other.example'])

  const create = ['keys', 'create', '--tenant', 'bank', '--type', 'test', '--name', 'CI', '--scopes', 'usage:read']
  const [key, first] = await Promise.all([jsonOf(create), jsonOf(['signing-keys', 'rotate'])])
  const client = new Client({ baseUrl: server.baseUrl, apiKey: key.secret })
  expect((await client.tenant()).tenant.id).toBe(tenant.id)
  const [, second] = await Promise.all([jsonOf(['keys', 'revoke', key.id]), jsonOf(['signing-keys', 'rotate'])])
  await expect(client.tenant()).rejects.toMatchObject({ code: 'api_key_invalid' })

  expect(second.current).toBe(first.next)
  expect(second.next).not.toBe(first.next)
  await fetch(`${server.baseUrl}/readyz`)
  const { keys } = await (await fetch(`${server.baseUrl}/.well-known/jwks.json`)).json()
  expect(keys.map(({ kid }: { kid: string }) => kid)).toContain(second.next)

  await server.stop('SIGKILL')
  expect(await linkBase()).toBe('https://auth.example')
})
