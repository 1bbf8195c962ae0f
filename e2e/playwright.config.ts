import { defineConfig } from '@playwright/test'
import { isolated, newDataDir } from '../lib/setup/isolated.ts'

// Workers read this file too: what the first reading chose is theirs through the environment.
if (!process.env.PLAYGROUND_E2E) {
  // Below those that connections which go out are given.
  const port = process.env.E2E_PORT || String(20_000 + Math.floor(Math.random() * 12_000))
  Object.assign(process.env, isolated(newDataDir('e2e')), {
    PLAYGROUND_E2E: 'on',
    PORT: port,
    BASE_URL: process.env.E2E_BASE_URL || `http://localhost:${port}`,
    TRUSTED_PROXIES: process.env.E2E_TRUSTED_PROXIES ?? '',
    // Tests have their endpoints on this machine.
    WEBHOOK_ALLOW_PRIVATE: 'on',
    MPC: 'on',
    MPC_PORT: String(Number(port) + 1),
  })
}

const { BASE_URL: baseURL = '', PORT: port } = process.env
const secure = baseURL.startsWith('https:')

/** End-to-end tests: real Chromium with virtual authenticators against `npm start`'s server. Each test makes its own tenant. */
export default defineConfig({
  testDir: '.',
  outputDir: '.results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // On two cores, too: much of the time a test waits, for the server or for a dialogue.
  workers: 3,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL,
    ignoreHTTPSErrors: secure,
    // What moves is drawn again and again: a tenth of what the browser does.
    contextOptions: { reducedMotion: 'reduce' },
    // Recording costs a third of a run: whoever looks into a failure asks for it, with --trace on.
    trace: 'off',
    launchOptions: {
      ...(process.env.CHROMIUM ? { executablePath: process.env.CHROMIUM } : { channel: 'chromium' }),
      args: [
        ...['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
        // There is no graphics card: pages are put together at once by the processor, not by way of one that it plays.
        '--disable-gpu-compositing',
        // WebAuthn works only where the browser finds nothing wrong with the certificate.
        ...(secure ? ['--ignore-certificate-errors'] : []),
      ],
    },
  },
  webServer: {
    command: `"${process.execPath}" lib/server/main.ts`,
    cwd: new URL('..', import.meta.url).pathname,
    url: `http://localhost:${port}/readyz`,
    env: { NODE_ENV: 'production' },
    stdout: 'ignore',
    timeout: 60_000,
  },
})
