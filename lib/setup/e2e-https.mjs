import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from './chromium.mjs'
import { nginx } from './nginx.mjs'
import { startNginx } from './nginx-server.ts'
import { environment, node, prepare, root } from './prepare.mjs'
import { selfSigned } from './self-signed.ts'
import { freePort } from './serve.ts'

// npm run e2e:https: the end-to-end tests against an https address, through nginx with a certificate of its own. What is
// said to Playwright goes on: npm run e2e:https -- first-run.spec.ts

await prepare({ build: true })
const browser = await chromium()
process.env.NGINX = await nginx()

const directory = mkdtempSync(join(tmpdir(), 'playground-https-'))
const tls = selfSigned(directory)

const port = await freePort()
const proxy = await startNginx({ to: [port], tls })
const tests = ['node_modules/@playwright/test/cli.js', 'test', '--config', 'e2e/playwright.config.ts']
const child = spawn(node, [...tests, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: environment({
    E2E_PORT: String(port),
    E2E_BASE_URL: `https://localhost:${proxy.port}`,
    E2E_TRUSTED_PROXIES: '127.0.0.1',
    NODE_EXTRA_CA_CERTS: tls.certificate,
    ...(browser ? { CHROMIUM: browser } : {}),
  }),
})
process.exitCode = await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
await proxy.stop()
rmSync(directory, { recursive: true })
