import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium } from '@playwright/test'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { playgroundClientId } from '#lib/contract/oauth-scopes.ts'
import type { Passkey } from '#lib/contract/passkeys.ts'
import { Client } from '#lib/sdk/client.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { type CeremonyKind, optionsOf } from '#lib/webauthn/options.ts'
import { admin } from '../../e2e/admin.ts'
import { chromium as installedChromium } from '../../lib/setup/chromium.mjs'
import { python } from '../../lib/setup/python.mjs'
import { freePort, serve } from '../../lib/setup/serve.ts'
import { runInPage } from '../../lib/setup/snippet-page.ts'
import { joins, runWithPerson, visitor } from '../../lib/setup/snippet-person.ts'
import { type Language, SnippetProject } from '../../lib/setup/snippet-project.ts'
import { exampleOf } from '../console/skills/schema/schema-text.ts'
import { askedOf } from '../playground/options/asked-options.ts'
import type { OptionValues } from '../playground/options/option-values.ts'
import { settable } from '../playground/options/settable.ts'
import type { Code } from '../ui/snippet.tsx'
import { ceremonyByCurl, ceremonyBySdk, ceremonyBySimpleWebAuthn } from './ceremony-snippets.ts'
import type { ClientFacts } from './client-facts.ts'
import { snippetsOf } from './client-snippets.ts'
import { firstCall } from './key-snippets.ts'
import { ownMpcKey } from './mpc-snippets.ts'
import { signInByDevice } from './sign-in-by-device.ts'
import { skillExecution } from './skill-snippets.ts'
import { ownPasskeys } from './token-snippets.ts'
import { wholeCeremonyByFetch } from './whole-ceremony-snippets.ts'

// Every snippet, run against a server as whoever copies it would: in an empty folder, where its packages are installed from
// that server, by sh, Node and Python. What a person is asked for, a browser with an authenticator does.

const machinesPython: string | undefined = await python().catch(({ message }) => {
  console.log(`Snippets in Python are left out: ${message}`)
  return undefined
})
const isRunnable = (language: Language) => language !== 'Python' || machinesPython !== undefined
const languages = (['curl', 'TypeScript', 'Python'] as const).filter(isRunnable)
const redirectUri = 'https://app.example.com/callback?to=a&b='
const skillId = 'text-summarizer'
const deviceCode = 'urn:ietf:params:oauth:grant-type:device_code'

// All of them at once, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 })

let server: Awaited<ReturnType<typeof serve>>
let project: SnippetProject
let browser: Browser
let tenant: { id: string; key: string }
let token: string

beforeAll(async () => {
  server = await serve('start', { MPC: 'on', MPC_PORT: String(await freePort()) })
  Object.assign(process.env, { DATA_DIR: server.dataDir, BASE_URL: server.baseUrl })
  project = new SnippetProject(machinesPython)
  browser = await chromium.launch({ executablePath: (await installedChromium()) ?? '', args: ['--no-sandbox'] })
  const { id } = await admin<{ id: string }>('tenants', 'create', '--name', 'Acme Wallet', '--slug', 'snippets')
  const scopes =
    'passkeys:register passkeys:authenticate keys:manage oauth:manage webhooks:manage skills:list skills:execute account:read account:write usage:read'
  const key = await admin<{ secret: string }>(
    ...['keys', 'create', '--tenant', 'snippets', '--type', 'test', '--name', 'snippets', '--scopes', scopes],
  )
  tenant = { id, key: key.secret }
  const client = new Client({ apiKey: key.secret, baseUrl: server.baseUrl })
  const authenticator = new SoftwareAuthenticator({ origin: server.baseUrl })
  await client.passkeys.register({ username: 'ada' }, { credential: (options) => authenticator.create(options) })
  token = (await client.passkeys.signIn({ username: 'ada' }, { credential: (options) => authenticator.get(options) }))
    .token
  // What takes its time is done before any of them counts it.
  const packages = firstCall(server.baseUrl)
  await Promise.all(languages.map((language) => project.write(language, of(packages, language))))
  const simpleWebAuthn = 'npm install @simplewebauthn/browser'
  await project.install(simpleWebAuthn, simpleWebAuthn.replace('@', `${process.cwd()}/node_modules/@`))
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  project?.remove()
})

/** A snippet of a language, to the letter. */
function of(code: Code, language: Language): string {
  const text = code[language]
  if (typeof text !== 'string') throw new Error(`${language} has none: ${text.lacking}`)
  return text
}

const signedIn = (language: Language, code: string, env?: Record<string, string>) =>
  runWithPerson(project, browser, language, code, env)

describe.each(languages)('in %s', (language) => {
  test.concurrent('the first call with a key says whose it is', async () => {
    const env = { PLAYGROUND_API_KEY: tenant.key }
    expect(await project.run(language, of(firstCall(server.baseUrl), language), { env })).toContain(tenant.id)
  })

  test.concurrent('a token opens its user’s own passkeys', async () => {
    const code = ownPasskeys({ token, issuer: server.baseUrl, audience: 'mpc-server:test' })
    const env = { PLAYGROUND_API_KEY: tenant.key }
    expect(await project.run(language, of(code, language), { env })).toMatch(/credential_?id/i)
  })

  test.concurrent('a skill is executed with an input that is made from its schema', async () => {
    const { inputSchema } = await new Client({ apiKey: tenant.key, baseUrl: server.baseUrl }).skills.get(skillId)
    const code = skillExecution(server.baseUrl, { id: skillId, input: exampleOf(inputSchema) })
    const env = { PLAYGROUND_API_KEY: tenant.key }
    expect(await project.run(language, of(code, language), { env })).toMatch(/\brun_\w/)
  })

  test.concurrent('a confidential client gets its tokens by each of its grants', async () => {
    const { facts, secret } = await newClient('confidential', ['authorization_code', 'client_credentials', deviceCode])
    const all = snippetsOf(facts, server.baseUrl)
    expect(all).toHaveLength(3)
    const env = { OAUTH_CLIENT_SECRET: secret }
    await Promise.all(
      all.map(async ({ code, label }) =>
        expect(await signedIn(language, of(code, language), env), label).toContain(tenant.id),
      ),
    )
  })
})

test.concurrent.each((['curl', 'Python'] as const).filter(isRunnable))(
  'a public client signs people in, in %s',
  async (language) => {
    const { facts } = await newClient('public', ['authorization_code'])
    const [snippet] = snippetsOf(facts, server.baseUrl)
    expect(await signedIn(language, of(snippet?.code as Code, language))).toContain(tenant.id)
  },
)

test.concurrent('a public client signs people in on a page of its own, which takes a no for one', async () => {
  const files: Record<string, [type: string, content: string]> = {
    '/callback': ['text/html', '<!doctype html><body><script type="module" src="/app.js"></script>'],
  }
  const app = createServer(({ url = '' }, response) => {
    const [type, content] = files[new URL(url, 'http://localhost').pathname] ?? ['text/plain', '']
    response.setHeader('Content-Type', type).end(content)
  }).listen(0)
  await once(app, 'listening')
  const page = `http://localhost:${(app.address() as AddressInfo).port}/callback`
  const { facts } = await newClient('public', ['authorization_code'], { uri: `${page}?to=a&b=` })
  const [snippet] = snippetsOf(facts, server.baseUrl)
  const file = await project.write('TypeScript', of(snippet?.code as Code, 'TypeScript'))
  const { outputFiles } = await build({ entryPoints: [file], bundle: true, format: 'esm', write: false })
  files['/app.js'] = ['text/javascript', outputFiles[0]?.text ?? '']
  for (const [answer, words] of [
    ['Allow', 'Signed in at Acme Wallet'],
    ['Deny', 'Not signed in: '],
  ] as const) {
    const visited = await visitor(browser)
    let sent = 0
    visited.page.on('request', (request) => {
      if (request.url().includes('/oauth/authorize?')) sent += 1
    })
    await visited.page.goto(page)
    await joins(visited.page, answer)
    await visited.page.getByText(words).waitFor()
    expect([answer, sent, visited.page.url()]).toEqual([answer, 1, page])
    await visited.context.close()
  }
  app.close()
})

test.concurrent('a client whose tokens are bound to a key proves that it has it', async () => {
  const { facts, secret } = await newClient('confidential', ['authorization_code'], { dpopRequired: true })
  const [snippet] = snippetsOf(facts, server.baseUrl)
  const env = { OAUTH_CLIENT_SECRET: secret }
  expect(await signedIn('TypeScript', of(snippet?.code as Code, 'TypeScript'), env)).toContain(tenant.id)
})

test.concurrent('the Playground’s own client signs people in on another device', async () => {
  const facts = { clientId: playgroundClientId(tenant.id), type: 'public', dpopRequired: false } as const
  const code = signInByDevice(facts, 'openid account:read', server.baseUrl)
  expect(await signedIn('TypeScript', of(code, 'TypeScript'))).toContain(tenant.id)
})

test.concurrent.each(['curl', 'TypeScript'] as const)('a user has MPC keys, in %s', async (language) => {
  const said = await project.run(language, of(ownMpcKey(server.baseUrl, token), language))
  expect(said).toMatch(language === 'curl' ? /^\{/ : / [0-9a-f]{128}\n$/)
})

describe('what the options sheet copies', () => {
  const inPages = [
    ['the SDK', ceremonyBySdk],
    ['@simplewebauthn/browser', ceremonyBySimpleWebAuthn],
  ] as const
  const facts = (ceremony: CeremonyKind, username: string, values: OptionValues) => ({
    ...{ ceremony, username },
    ...askedOf(ceremony, { registration: {}, authentication: {}, [ceremony]: values }),
  })

  test.concurrent.each([...inPages, ['fetch', wholeCeremonyByFetch] as const])(
    'with %s a page registers and signs in',
    async (_, written) => {
      const { context, page } = await visitor(browser, { hasPrf: true, hasLargeBlob: true })
      const username = `ada-${crypto.randomUUID().slice(0, 8)}`
      const runs = async (ceremony: CeremonyKind, values: OptionValues) => {
        const file = await project.write('TypeScript', written(server.baseUrl, facts(ceremony, username, values)))
        return runInPage(page, server.baseUrl, file, tenant.key)
      }
      const evaluated = { first: 'dHJlYXN1cnktMjAyNg' }
      const made = await runs('registration', {
        ...{ attestation: 'direct', pubKeyCredParams: [-257, -7], hints: ['client-device'], timeout: 60_000 },
        ...{ 'authenticatorSelection.residentKey': 'required', 'user.id': 'AQID', excludeCredentials: 'none' },
        ...{ 'extensions.prf': { eval: evaluated }, 'extensions.largeBlob': { support: 'required' } },
        ...{ 'extensions.credBlob': 'Ymxvcg', 'extensions.credProps': true },
      })
      const { credentialId, algorithm } = (made as { passkey?: Passkey }).passkey ?? (made as Passkey)
      expect(algorithm).toBe(-257)
      const get = { userVerification: 'required', allowCredentials: [{ id: credentialId, transports: ['internal'] }] }
      for (const values of [
        {
          ...get,
          'extensions.prf': { evalByCredential: { [credentialId]: evaluated } },
          'extensions.largeBlob': { write: 'AQID' },
        },
        { ...get, mediation: 'conditional', 'extensions.largeBlob': { read: true } },
      ])
        expect(JSON.stringify(await runs('authentication', values))).toMatch(/"eyJ/)
      await context.close()
    },
  )

  test.concurrent('a command begins the ceremony', async () => {
    const command = ceremonyByCurl(
      server.baseUrl,
      facts('registration', "o'hara", { hints: ['hybrid'], mediation: 'conditional' }),
    )
    const begun = JSON.parse(await project.run('curl', command, { env: { PLAYGROUND_API_KEY: tenant.key } }))
    expect(begun.publicKey).toMatchObject({ user: { name: "o'hara" }, hints: ['hybrid'] })
  })

  test.concurrent('each option is of a type that the packages take', async () => {
    const files = (['registration', 'authentication'] as const).flatMap((ceremony) =>
      [0, 1, 2, 3, 4].flatMap((at) => {
        const values = optionsOf(ceremony).map((option) => [option.path, settable(option, ceremony)[at]] as const)
        const set = Object.fromEntries(values.filter(([, value]) => value !== undefined))
        return inPages.map(([, written]) =>
          project.write('TypeScript', written(server.baseUrl, facts(ceremony, 'ada', set))),
        )
      }),
    )
    await project.typed(await Promise.all(files))
  })
})

describe('README.md', () => {
  const blocks = (language: string) =>
    [...readFileSync('README.md', 'utf8').matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
      ([, code = '']) => code.replaceAll('http://localhost:3000', server.baseUrl),
    )
  const env = () => ({ PLAYGROUND_API_KEY: tenant.key, PLAYGROUND_BASE_URL: server.baseUrl })

  test.concurrent('its commands work', async () => {
    const calls = blocks('sh').filter((code) => code.startsWith('curl '))
    const answers = await Promise.all(calls.map((code) => project.run('curl', code, { env: env() })))
    expect(answers).toEqual([tenant.id, '"output":{"summary":'].map((words) => expect.stringContaining(words)))
  })
})

/** A client of the tenant, and its secret where it has one. */
async function newClient(
  type: 'public' | 'confidential',
  grants: ClientFacts['grants'],
  { dpopRequired = false, uri = redirectUri } = {},
): Promise<{ facts: ClientFacts; secret: string }> {
  const api = new Client({ apiKey: tenant.key, baseUrl: server.baseUrl })
  const made = await api.oauthClients.create({
    ...{ name: 'Photo Book', type, grants: [...grants], dpopRequired },
    redirectUris: grants.includes('authorization_code') ? [uri] : [],
    scopes: ['openid', 'account:read', 'usage:read'],
  })
  return { facts: made, secret: made.clientSecret ?? '' }
}
