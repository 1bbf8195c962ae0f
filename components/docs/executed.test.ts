import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium } from '@playwright/test'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Client } from '#lib/sdk/client.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { admin } from '../../e2e/admin.ts'
import { chromium as installedChromium } from '../../lib/setup/chromium.mjs'
import { debianPackage } from '../../lib/setup/debian-package.mjs'
import { blocksOf } from '../../lib/setup/documentation/fences.ts'
import type { Reader } from '../../lib/setup/documentation/reader.ts'
import { run, type Way, wayOf, ways } from '../../lib/setup/documentation/story.ts'
import { python } from '../../lib/setup/python.mjs'
import { freePort, serve } from '../../lib/setup/serve.ts'
import { SnippetProject } from '../../lib/setup/snippet-project.ts'
import { contents } from './contents.ts'

// Every block of code of every page, run against a server: each way of a page is one program, by a reader with a tenant of
// their own. ONLY_PAGE=start runs the page `start` alone.

const folder = 'docs'
const machinesPython: string | undefined = await python().catch(({ message }) => {
  console.log(`Python in the documentation is left out: ${message}`)
  return undefined
})

const pages = contents.flatMap((group) => group.pages)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.mdx'))
const only = process.env.ONLY_PAGE
const stories = files
  .filter((name) => !only || name === `${only}.mdx` || name.startsWith(`${only}/`))
  .flatMap((name) => {
    const blocks = blocksOf(readFileSync(join(folder, name), 'utf8'))
    return ways
      .map((way) => ({ page: name.replace('.mdx', ''), way, blocks: blocks.filter((one) => wayOf(one) === way) }))
      .filter(({ way, blocks }) => blocks.length > 0 && (way !== 'python' || machinesPython))
  })

const demoScopes = 'passkeys:register passkeys:authenticate skills:list account:read usage:read'
const allScopes = `${demoScopes} passkeys:manage passkeys:debug keys:manage oauth:manage mpc:keygen mpc:sign skills:execute account:write webhooks:manage`

vi.setConfig({ testTimeout: 120_000 })

let server: Awaited<ReturnType<typeof serve>>
let project: SnippetProject
let browser: Browser

beforeAll(async () => {
  server = await serve('start', { MPC: 'on', MPC_PORT: String(await freePort()), WEBHOOK_ALLOW_PRIVATE: 'on' })
  Object.assign(process.env, { DATA_DIR: server.dataDir, BASE_URL: server.baseUrl })
  project = new SnippetProject(machinesPython)
  // Where the project stands, for whoever runs it.
  symlinkSync(process.cwd(), join(project.folder, 'webauthn-playground'))
  const laying = layTesting()
  const [executablePath] = await Promise.all([
    installedChromium(),
    project.install(`npm install ${server.baseUrl}/downloads/sdk.tgz`),
    machinesPython ? project.install(`pip install ${server.baseUrl}/downloads/${wheel()}`) : undefined,
  ])
  await Promise.all([laying, machinesPython ? layPyJwt() : undefined])
  browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] })
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  project?.remove()
})

test('every page is in the contents, and every one of them is there', () => {
  for (const name of files) expect(pages.map(({ path }) => path)).toContain(name.replace(/\.mdx$|\/.*/, ''))
  expect(stories.length).toBeGreaterThan(0)
})

test.concurrent.each(stories.map((story) => [story.page, story.way, story.blocks] as const))(
  '%s: its code runs, in %s',
  async (page, way, blocks) => {
    await run(way, blocks, await reader(page, way))
  },
)

/** Somebody with a tenant, its keys, a user who is signed in, and an app. */
async function reader(page: string, way: Way): Promise<Reader> {
  const { baseUrl } = server
  const slug = `${page.replace('/', '-')}-${way}`
  await admin('tenants', 'create', '--name', 'Acme Wallet', '--slug', slug)
  const [demoKey, key] = await Promise.all(
    [demoScopes, allScopes].map(async (scopes) => {
      const words = ['--tenant', slug, '--type', 'test', '--name', 'reader', '--scopes', scopes]
      return (await admin<{ secret: string }>('keys', 'create', ...words)).secret
    }),
  )
  const client = new Client({ apiKey: key ?? '', baseUrl })
  const authenticator = new SoftwareAuthenticator({ origin: baseUrl })
  const grace = { username: 'grace' }
  await client.passkeys.register(grace, { credential: (options) => authenticator.create(options) })
  const { token } = await client.passkeys.signIn(grace, { credential: (options) => authenticator.get(options) })
  const app = await client.oauthClients.create({
    ...{ name: 'Photo Book', type: 'confidential', redirectUris: ['https://app.example.com/callback'] },
    grants: ['authorization_code', 'refresh_token', 'client_credentials'],
    scopes: ['openid', 'profile', 'account:read', 'usage:read'],
  })
  const env = {
    PORT: String(await freePort()),
    ...{ PLAYGROUND_API_KEY: key ?? '', PLAYGROUND_BASE_URL: baseUrl, TOKEN: token },
    ...{ OAUTH_CLIENT_ID: app.clientId, OAUTH_CLIENT_SECRET: app.clientSecret ?? '' },
  }
  return { project, browser, baseUrl, demoKey: demoKey ?? '', env }
}

function wheel(): string {
  const found = readdirSync('dist/packages').find((name) => name.endsWith('.whl'))
  if (!found) throw new Error('The wheel is not built.')
  return found
}

/** The package for tests without the server in it, whose own packages would have to be fetched for nobody. */
async function layTesting(): Promise<void> {
  const place = join(project.folder, 'node_modules/@webauthn-playground/testing')
  const command = `npm install --save-dev ${server.baseUrl}/downloads/testing.tgz ${server.baseUrl}/downloads/sdk.tgz`
  await project.install(`npm install ${server.baseUrl}/downloads/sdk.tgz`)
  mkdirSync(place, { recursive: true })
  const packed = join(project.folder, 'testing.tgz')
  writeFileSync(packed, new Uint8Array(await (await fetch(`${server.baseUrl}/downloads/testing.tgz`)).arrayBuffer()))
  const laid = promisify(execFile)('tar', ['-xzf', packed, '-C', place, '--strip-components', '1'])
  const commands = join(project.folder, 'node_modules/.bin')
  mkdirSync(commands, { recursive: true })
  symlinkSync(join(place, 'playground-faults.js'), join(commands, 'playground-faults'))
  project.installed(command, laid)
  await laid
}

/** PyJWT, from this machine or Debian where they have it. */
async function layPyJwt(): Promise<void> {
  const run = promisify(execFile)
  const python = join(project.folder, 'venv/bin/python')
  const names = ['PyJWT', 'cryptography']
  const machines = await debianPackage({
    ...{ commands: [machinesPython ?? ''], version: ['-c', 'import jwt, cryptography'] },
    package: ['python3-jwt', 'python3-cryptography'],
  }).catch(() => undefined)
  const lay = async () => {
    if (!machines) return run(python, ['-m', 'pip', 'install', ...names])
    const folder = 'import jwt, pathlib; print(pathlib.Path(jwt.__file__).parent.parent, end="")'
    const own = 'import site; print(site.getsitepackages()[0], end="")'
    const [theirs, its] = await Promise.all([run(machines, ['-c', folder]), run(python, ['-c', own])])
    return writeFileSync(join(its.stdout, 'machine.pth'), `${theirs.stdout}\n`)
  }
  const laid = lay()
  project.installed(`pip install ${names.join(' ')}`, laid)
  await laid
}
