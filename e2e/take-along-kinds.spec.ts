import { readFileSync } from 'node:fs'
import type { Browser } from '@playwright/test'
import { PlaygroundPage as Playground, type PlaygroundPage, VirtualAuthenticator } from '#lib/testing/playwright.ts'
import { expect, test } from './fixtures.ts'
import { runPasted } from './pasted-tests.ts'

interface Kind {
  authenticator?: Parameters<typeof VirtualAuthenticator.attach>[1] | 'software'
  address?: Record<string, unknown>
  /** What is pressed, one after the other: the last one's run is exported. */
  presses: readonly ('register' | 'authenticate' | 'signIn')[]
  /** The last one is refused. */
  refused?: true
  /** What the test has of the run. */
  has: readonly string[]
}

const residentKey = 'create.authenticatorSelection.residentKey'
const verification = 'create.authenticatorSelection.userVerification'
const key = {
  transport: 'usb',
  hasResidentKey: false,
  defaultBackupEligibility: false,
  defaultBackupState: false,
} as const
const first = { eval: { first: 'AQID' } }

/** Each kind of run that a test can be of. Those that are most of their own are always tried, all of them with PASTED_TESTS=whole. */
const always: Readonly<Record<string, Kind>> = {
  'PRF and a blob': {
    authenticator: { hasPrf: true, hasLargeBlob: true },
    address: {
      ...{
        [residentKey]: 'required',
        'create.extensions.prf': {},
        'create.extensions.largeBlob': { support: 'required' },
      },
      ...{ 'get.extensions.prf': first, 'get.extensions.largeBlob': { read: true } },
    },
    presses: ['register', 'authenticate'],
    has: ['hasPrf: true', 'hasLargeBlob: true', 'get.extensions.prf='],
  },
  U2F: {
    authenticator: { ...key, protocol: 'u2f', hasUserVerification: false },
    address: { [residentKey]: 'discouraged', [verification]: 'discouraged', 'create.attestation': 'direct' },
    presses: ['register'],
    has: ["protocol: 'u2f'"],
  },
  'a user who is not there': { presses: ['authenticate'], refused: true, has: ["toBe('user_unknown')"] },
}

const others: Readonly<Record<string, Kind>> = {
  'a security key': {
    authenticator: key,
    address: { [residentKey]: 'discouraged', [verification]: 'preferred' },
    presses: ['register', 'authenticate'],
    has: ["transport: 'usb'", 'defaultBackupEligibility: false'],
  },
  'a key made': {
    authenticator: key,
    address: { [residentKey]: 'discouraged', [verification]: 'preferred' },
    presses: ['register'],
    has: ["transport: 'usb'", 'hasResidentKey: false', 'deviceType'],
  },
  'U2F that signs in': {
    authenticator: { ...key, protocol: 'u2f', hasUserVerification: false },
    address: { [residentKey]: 'discouraged', [verification]: 'discouraged', 'get.userVerification': 'discouraged' },
    presses: ['register', 'authenticate'],
    has: ["transport: 'usb'", 'isUserVerified: false'],
  },
  'no verification': {
    authenticator: { hasUserVerification: false, isUserVerified: false },
    address: { [residentKey]: 'discouraged', [verification]: 'discouraged' },
    presses: ['register'],
    has: ['isUserVerified: false'],
  },
  'one made without a dialogue': {
    authenticator: 'software',
    address: { 'create.mediation': 'conditional' },
    presses: ['register'],
    has: ['mediation'],
  },
  software: { authenticator: 'software', presses: ['register', 'authenticate'], has: ["transport: '"] },
  'nobody named': { presses: ['register', 'signIn'], has: ["'Sign in with a passkey'"] },
  Ed25519: { address: { 'create.pubKeyCredParams': [-8] }, presses: ['register'], has: ['-8'] },
  RSA: { address: { 'create.pubKeyCredParams': [-257] }, presses: ['register'], has: ['-257'] },
  'another RP ID': {
    address: { 'create.rp.id': 'elsewhere.example' },
    presses: ['register'],
    refused: true,
    has: ["'data-state', 'error'"],
  },
  'a user who is there': { presses: ['register', 'register'], refused: true, has: ["toBe('user_exists')"] },
}

test('the Playwright test of each kind of run has an authenticator like its own, and goes as it is pasted', async ({
  browser,
  newTenant,
  baseURL,
}) => {
  test.setTimeout(240_000)
  const kinds = Object.entries(process.env.PASTED_TESTS === 'whole' ? { ...always, ...others } : always)
  const recorded = await newTenant()
  const specs: string[] = []
  for (const [name, kind] of kinds) {
    const spec = await test.step(name, () => exported(browser, String(baseURL), recorded.key, kind))
    for (const words of kind.has) expect.soft(spec, name).toContain(words)
    specs.push(spec)
  }
  const { key: apiKey } = await newTenant()
  const env = { PLAYGROUND_API_KEY: apiKey, PLAYGROUND_BASE_URL: String(baseURL) }
  expect(await runPasted(specs, env)).toContain(`${kinds.length} passed`)
})

async function exported(browser: Browser, baseURL: string, apiKey: string, kind: Kind): Promise<string> {
  const context = await browser.newContext({ baseURL, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const { authenticator = {}, address = {}, presses, refused } = kind
  if (authenticator !== 'software') await VirtualAuthenticator.attach(page, authenticator)
  const query = new URLSearchParams(
    Object.entries(address).map(([path, value]) => [path, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
  await page.goto(`/playground?${query}`)
  const playground: PlaygroundPage = new Playground(page)
  await playground.apiKey.fill(apiKey)
  await playground.username.fill(`ada-${crypto.randomUUID().slice(0, 8)}`)
  if (authenticator === 'software') {
    await page.getByRole('button', { name: 'Software authenticator', exact: true }).click()
    await page.getByRole('switch', { name: 'Answer in place of the browser' }).check()
    await page.keyboard.press('Escape')
  }
  for (const [at, press] of presses.entries()) {
    await playground[press].click()
    await expect(page.getByTestId('runs').locator(`[data-run="${at + 1}"]`)).toBeVisible()
    await playground.expectState(at < presses.length - 1 || !refused ? 'success' : 'error')
  }
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const item = page.getByRole('menuitem', { name: 'Playwright test' })
  const [saved] = await Promise.all([page.waitForEvent('download'), item.click()])
  const text = readFileSync(await saved.path(), 'utf8')
  await context.close()
  return text
}
