import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { node20 } from '../../../setup/node-20.ts'
import { preparePackages, root } from '../../../setup/preparation.ts'
import { baseUrl, mount, newTenant, register, signIn } from './harness.ts'
import { snippets, typed } from './installed-snippets.ts'
import { OAuthBrowser } from './oauth-harness.ts'

// The package as others have it: installed from the server into an empty project, and used there.

vi.setConfig({ testTimeout: 60_000, hookTimeout: 300_000 })

describe.skipIf(mount !== 'start')('installed from the server', () => {
  const project = mkdtempSync(join(tmpdir(), 'installed-'))
  const write = (file: string, text: string) => writeFileSync(join(project, file), text)
  const run = (command: string, ...args: string[]) => spawnSync(command, args, { cwd: project, encoding: 'utf8' })

  beforeAll(async () => {
    await preparePackages()
    write('package.json', JSON.stringify({ name: 'app', private: true, type: 'module' }))
    const { status, stderr } = run(
      'npm',
      'install',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      `${baseUrl}/downloads/sdk.tgz`,
    )
    expect([status, stderr]).toEqual([0, expect.any(String)])
    write('snippets.mjs', snippets)
  })
  afterAll(() => rmSync(project, { recursive: true, force: true }))

  test.each([
    ['24', () => process.execPath],
    ['20', node20],
  ])('the documented calls run as they stand on Node %s', async (major, nodeOf) => {
    const node = nodeOf()
    expect(run(node, '--version').stdout).toMatch(new RegExp(`^v${major}\\.`))
    const redirectUri = 'https://app.example/callback'
    const { addKey, client: user, authenticator } = await newTenant()
    const scopes = [
      'keys:manage',
      'oauth:manage',
      'skills:list',
      'skills:execute',
      'account:read',
      'usage:read',
    ] as const
    const key = await addKey('test', [...scopes])
    const app = await key.client.oauthClients.create({
      ...{ name: 'App', type: 'confidential', redirectUris: [redirectUri] },
      ...{
        scopes: ['openid', 'offline_access', 'usage:read', 'account:read'],
        grants: ['authorization_code', 'refresh_token'],
      },
    })
    await register(user, authenticator, 'bea')
    const { token } = await signIn(user, authenticator, 'bea')
    const secret = `whsec_${Buffer.from('a secret of 24 bytes or so').toString('base64')}`
    const body = JSON.stringify({ type: 'key.created', timestamp: new Date().toISOString(), data: {} })
    const at = new Date()
    const child = spawn(node, ['snippets.mjs'], {
      cwd: project,
      env: {
        PATH: process.env.PATH,
        ...{ PLAYGROUND_BASE_URL: baseUrl, PLAYGROUND_API_KEY: key.secret, USER_TOKEN: token },
        ...{ CLIENT_ID: app.clientId, CLIENT_SECRET: app.clientSecret, REDIRECT_URI: redirectUri },
        ...{ WEBHOOK_SECRET: secret, WEBHOOK_BODY: body, WEBHOOK_TIMESTAMP: String(Math.floor(at.getTime() / 1000)) },
        WEBHOOK_SIGNATURE: new Webhook(secret).sign('evt_1', at, body),
      } as unknown as NodeJS.ProcessEnv,
    })
    const said: string[] = []
    child.stderr.on('data', (chunk) => said.push(String(chunk)))
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.startsWith('GO ')) said.push(line)
      else child.stdin.end(`${(await new OAuthBrowser().authorize(line.slice(3))).search}\n`)
    }
    const answers = JSON.parse(said.at(-1) ?? '')
    expect(said).toHaveLength(1)
    expect(answers).toEqual({
      tenant: key.id,
      made: ['string', true],
      allowedIps: ['203.0.113.10', '203.0.113.0/24'],
      revoked: 'revoked',
      ended: 'ApiKeyInvalidError',
      executed: ['string', 'text-summarizer', 'string'],
      keys: 3,
      refused: ['NotFoundError', 'not_found', 404],
      tokenType: 'Bearer',
      asApp: null,
      refreshed: true,
      verified: 'bea',
      event: 'key.created',
      mpc: 'function',
    })
  })

  test('its types are strict, need nothing else, and know what is wrong', () => {
    write('typed.ts', typed)
    const options = {
      strict: true,
      noEmit: true,
      module: 'nodenext',
      target: 'es2023',
      lib: ['es2023', 'dom'],
      types: [],
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
    }
    write('tsconfig.json', JSON.stringify({ compilerOptions: options, include: ['typed.ts'] }))
    const { status, stdout } = run(process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '-p', '.')
    expect([stdout, status]).toEqual(['', 0])
  })

  test('a bundler takes it for the browser, and leaves out what is not used', async () => {
    const bundled = (contents: string) =>
      build({
        stdin: { contents, resolveDir: project },
        ...{
          bundle: true,
          platform: 'browser',
          format: 'esm',
          write: false,
          minify: true,
          splitting: true,
          outdir: 'out',
        },
      })
    const { warnings, outputFiles } = await bundled(
      `import { Client } from '@webauthn-playground/sdk'; await new Client().tenant()`,
    )
    expect(warnings).toEqual([])
    expect(outputFiles[0]?.text).not.toMatch(/node:|require\(/)
    const nothing = await bundled(`import { Client } from '@webauthn-playground/sdk'; console.log(1)`)
    expect(nothing.outputFiles[0]?.text.length).toBeLessThan(100)
    await bundled(`export * from '@webauthn-playground/sdk/mpc'; export * from '@webauthn-playground/sdk/oauth'`)
  })
})
