import { execFile } from 'node:child_process'
import { createPublicKey, verify } from 'node:crypto'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { verifySchnorr } from 'tiny-secp256k1'
import { freePort, serve } from '#lib/setup/serve.ts'
import { serveMpc } from '#lib/setup/serve-mpc.ts'
import { VirtualAuthenticator } from '#lib/testing/playwright.ts'
import { expect, refused, test } from './fixtures.ts'
import { tabTo } from './focus.ts'
import { looks, sound } from './sound.ts'

/** The MPC tab, by the names that are its contract. */
class MpcTab {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  button(name: string) {
    return this.page.getByRole('button', { name, exact: true })
  }
  get message() {
    return this.page.getByRole('textbox', { name: 'Message' })
  }
  get key() {
    return this.page.getByRole('region', { name: 'Key', exact: true })
  }
  get signature() {
    return this.page.getByRole('region', { name: 'Signature', exact: true })
  }
  get messages() {
    return this.page.getByRole('region', { name: 'Messages', exact: true })
  }
  get verdict() {
    return this.page.getByTestId('mpc-verdict')
  }
  get publicKey() {
    return this.page.getByTestId('mpc-public-key')
  }

  region(name: string) {
    return this.page.getByRole('region', { name, exact: true })
  }
  choice(name: string) {
    return this.page.getByRole('radio', { name, exact: true })
  }

  tool(name: 'openssl' | 'Python' | 'Node') {
    return this.page.getByRole('radiogroup', { name: 'Tool' }).getByRole('radio', { name, exact: true })
  }

  /** The shell's lines of a tool, as Copy gives them. */
  async command(tool: 'openssl' | 'Python' | 'Node'): Promise<string> {
    await this.tool(tool).check({ force: true })
    return (await this.page.getByRole('region', { name: 'verification', exact: true }).textContent()) ?? ''
  }

  async generates(): Promise<void> {
    await this.button('Generate key').click()
    await expect(this.key).toContainText('mpk_')
    await expect(this.messages).toContainText('Done')
  }

  /** Signs, and has node:crypto look at what the page calls valid. */
  async signs(message: string): Promise<void> {
    await this.message.fill(message)
    await this.button('Sign').click()
    await expect(this.verdict).toHaveAttribute('data-state', 'valid')
    const x = Buffer.from((await this.publicKey.textContent()) ?? '', 'hex').toString('base64url')
    const signature = Buffer.from((await this.page.getByTestId('mpc-signature').textContent()) ?? '', 'hex')
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    expect(verify(null, Buffer.from(message), key, signature)).toBe(true)
  }
}

const packages = fileURLToPath(new URL('../node_modules', import.meta.url))

/** What lines print that are pasted into a shell, in a folder of their own with this project's packages. */
async function inShell(lines: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'verify-'))
  await symlink(packages, join(folder, 'node_modules'))
  const said = await new Promise<string>((resolve) =>
    execFile('sh', ['-c', lines], { cwd: folder }, (_, stdout, stderr) => resolve(`${stdout}${stderr}`)),
  )
  await rm(folder, { recursive: true })
  return said
}

test('before there is a token, the tab asks for one', async ({ page, playground, tenant }) => {
  await playground.open(tenant.key, 'ada')
  await playground.show('MPC')
  await expect(playground.panel).toContainText('First a token')
  await expect(new MpcTab(page).button('Generate key')).toHaveCount(0)
})

test('a stranger makes a key and signs with it in four presses; a shell verifies, and Checks shows the commitment', async ({
  page,
  signedIn,
}) => {
  test.slow()
  const mpc = new MpcTab(page)
  await signedIn.show('MPC')
  await mpc.generates()
  await expect(mpc.key).toContainText('2 of 3')
  await mpc.signs('Pay 12.50 USDC to Globex')
  await expect(mpc.region('Approval')).toContainText('Approved with ada’s passkey')
  for (const round of ['Approval', 'Round 1', 'Round 2', 'Put together in this browser'])
    await expect(mpc.messages).toContainText(round)
  await expect(mpc.region('Who can sign')).toContainText('The server alone signs nothing')
  await expect(mpc.region('Time')).toContainText(/Device \d+ ms\s*Server and network \d+ ms/)
  expect(await inShell(await mpc.command('openssl'))).toContain('Signature Verified Successfully')
  expect(await inShell(await mpc.command('Node'))).toContain('true')
  const other = (await mpc.command('Node')).replace(/from\(text/, 'from(text.toUpperCase().replace(/5/g, 6)')
  expect(await inShell(other)).not.toContain('true')
  await signedIn.show('Checks')
  await expect(signedIn.panel).toContainText('Passed: Challenge commits to the action')
})

test('a BIP340 key signs, and a verifier of another project agrees', async ({ page, signedIn }) => {
  test.slow()
  const mpc = new MpcTab(page)
  await signedIn.show('MPC')
  await mpc.choice('schnorr-secp256k1').check({ force: true })
  await mpc.generates()
  await expect(mpc.key).toContainText('tb1p')
  // That verifier takes 32 bytes, no more and no fewer.
  await mpc.message.fill('Pay 12.50 USDC to Globex by noon')
  await mpc.button('Sign').click()
  await expect(mpc.verdict).toHaveAttribute('data-state', 'valid')
  const bytes = async (id: string) => Buffer.from((await page.getByTestId(id).textContent()) ?? '', 'hex')
  const message = Buffer.from(await mpc.message.inputValue())
  expect(verifySchnorr(message, await bytes('mpc-public-key'), await bytes('mpc-signature'))).toBe(true)
  expect(await inShell(await mpc.command('Node'))).toContain('true')
})

test('three of five sign with a file that the page still knows, and two files bring a lost device back', async ({
  page,
  signedIn,
}) => {
  test.slow()
  const mpc = new MpcTab(page)
  await signedIn.show('MPC')
  await mpc.choice('3 of 5').check({ force: true })
  await mpc.generates()
  for (const party of ['recovery', 'hardware', 'partner'])
    await expect(page.getByRole('link', { name: `Download ${party}` })).toBeVisible()
  await mpc.signs('Three of five')
  await mpc.button('Simulate a lost device').click()
  await mpc.button('Recover').click()
  await expect(mpc.messages).toContainText('Done')
  await mpc.signs('Three of five again')
})

test.describe('with a PRF', () => {
  test('the share outlives the page, sealed', async ({ page, playground, tenant }) => {
    await VirtualAuthenticator.attach(page, { hasPrf: true })
    const mpc = new MpcTab(page)
    await playground.open(tenant.key, 'ada')
    await playground.registers()
    await playground.authenticates()
    await playground.show('MPC')
    await mpc.generates()
    await expect(mpc.region('Device')).toContainText('Sealed by the passkey’s PRF output')
    await expect(mpc.region('Device share')).toHaveCount(0)
    await playground.open(tenant.key, 'ada')
    await playground.authenticates()
    await playground.show('MPC')
    await expect(mpc.region('Device')).toContainText('share 1 of 3')
    await mpc.signs('After a reload')
  })
})

test('without a PRF a passphrase keeps the share past a reload, and no other opens it', async ({
  page,
  playground,
  tenant,
  signedIn,
}) => {
  test.slow()
  const mpc = new MpcTab(page)
  const passphrase = page.getByRole('textbox', { name: 'Passphrase' })
  await signedIn.show('MPC')
  await mpc.generates()
  await expect(mpc.region('Device')).toContainText('In this page’s memory')
  await passphrase.fill('short')
  await mpc.button('Keep').click()
  await expect(mpc.region('Device share')).toContainText('12 characters or more')
  await passphrase.fill('correct horse battery')
  await mpc.button('Keep').click()
  await expect(mpc.region('Device')).toContainText('Sealed under your passphrase')
  await playground.open(tenant.key, 'ada')
  await playground.authenticates()
  await playground.show('MPC')
  await passphrase.fill('another passphrase')
  await passphrase.press('Enter')
  await expect(mpc.region('Device share')).toContainText('does not open')
  await passphrase.fill('correct horse battery')
  await passphrase.press('Enter')
  await expect(mpc.region('Device share')).toHaveCount(0)
  await mpc.signs('After a reload')
})

test.describe('a lost device', () => {
  test.use({ expectedErrors: refused(400) })

  test('comes back from the file that was downloaded last, and a refresh keeps the key', async ({ page, signedIn }) => {
    test.slow()
    const mpc = new MpcTab(page)
    await signedIn.show('MPC')
    await mpc.generates()
    const publicKey = (await mpc.publicKey.textContent()) ?? ''
    await mpc.button('QR code').click()
    await expect(page.getByRole('img', { name: 'QR code of the recovery share' })).toBeVisible()
    const download = async () => {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Download', exact: true }).click(),
      ])
      return file.path()
    }
    const old = await download()
    await mpc.button('Refresh shares').click()
    await expect(mpc.messages).toContainText('new recovery file')
    await expect(mpc.messages).toContainText('Done')
    const file = await download()
    await mpc.button('Simulate a lost device').click()
    await expect(mpc.region('Device')).toContainText('share lost')
    await expect(mpc.region('Lost device')).toBeFocused()
    await page.getByLabel('Recovery file').setInputFiles(old)
    await expect(mpc.region('Lost device')).toContainText('generation_mismatch')
    await page.getByLabel('Recovery file').setInputFiles(file)
    await expect(mpc.messages).toContainText('Done')
    await expect(mpc.publicKey).toHaveText(publicKey)
    await mpc.signs('After all that')
  })
})

test('the keyboard alone makes a key, calls an approval off, and signs', async ({ page, signedIn, authenticator }) => {
  test.slow()
  const mpc = new MpcTab(page)
  await signedIn.tab('Token').focus()
  await page.keyboard.press('End')
  await expect(signedIn.tab('MPC')).toBeFocused()
  await tabTo(page, mpc.choice('ed25519'))
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowLeft')
  await expect(mpc.choice('ed25519')).toBeChecked()
  await tabTo(page, mpc.button('Generate key'))
  await page.keyboard.press('Enter')
  await expect(mpc.messages).toContainText('Done')
  await tabTo(page, mpc.message)
  await authenticator.setPresence(false)
  await page.keyboard.press('Enter')
  await expect(mpc.messages).toContainText('waiting for the passkey')
  await tabTo(page, mpc.button('Cancel'))
  await page.keyboard.press('Enter')
  await expect(mpc.signature).toContainText('It was called off')
  await expect(mpc.button('Sign')).toBeFocused()
  await authenticator.setPresence(true)
  await page.keyboard.press('Space')
  await expect(mpc.verdict).toHaveAttribute('data-state', 'valid')
  await tabTo(page, mpc.tool('openssl'))
  await page.keyboard.press('ArrowRight')
  await expect(mpc.tool('Python')).toBeChecked()
})

test.describe('while the MPC server is away', () => {
  test.use({ expectedErrors: refused(503) })

  test('the tab says so, and goes on once it is back', async ({ page, playground, authenticator: _ }) => {
    test.slow()
    const MPC_PORT = String(await freePort())
    const auth = await serve('start', { MPC_URL: `http://localhost:${MPC_PORT}` })
    let server: Awaited<ReturnType<typeof serveMpc>> | undefined
    try {
      const mpc = new MpcTab(page)
      await page.goto(`${auth.baseUrl}/playground`)
      await playground.borrow('Acme Wallet')
      await playground.username.fill('ada')
      await playground.registers()
      await playground.authenticates()
      await playground.show('MPC')
      await expect(playground.panel).toContainText('The MPC server does not answer')
      await expect(mpc.button('Generate key')).toHaveCount(0)
      server = await serveMpc({ MPC_PORT, MPC_ISSUER: auth.baseUrl })
      await mpc.button('Ask it again').click()
      await expect(mpc.button('Generate key')).toBeVisible()
    } finally {
      await server?.stop()
      await auth.stop()
    }
  })
})

test.describe('Break it', () => {
  test.use({ expectedErrors: refused(400, 403, 404, 409, 412) })

  const ways: [button: string, said: RegExp][] = [
    ['Tamper with a share', /The device cheated.*share_invalid/],
    ['Replay a nonce', /Refused.*session_conflict/],
    ['Another message', /Refused.*session_conflict/],
    ['Stale approval', /Refused.*approval_used/],
    ['Restart the server', /Refused.*session_lost/],
    ['Acme’s token', /Refused.*not_found/],
  ]
  test('each way to cheat is refused, with the reason', async ({ page, signedIn }) => {
    test.slow()
    const mpc = new MpcTab(page)
    await signedIn.show('MPC')
    await mpc.generates()
    for (const [button, said] of ways) {
      await mpc.button(button).click()
      await expect(mpc.signature).toContainText(said)
      await expect(mpc.verdict).toHaveAttribute('data-state', 'invalid')
      await expect(mpc.region('Break it')).toContainText('What caught it')
    }
    await mpc.signs('A fresh one works')
  })
})

for (const [name, look] of looks)
  test.describe(`${name}: axe finds nothing`, () => {
    test.use(look)
    test('before there is a key, and when something is signed', async ({ page, signedIn }) => {
      test.slow()
      const mpc = new MpcTab(page)
      await signedIn.show('MPC')
      await expect(mpc.button('Generate key')).toBeVisible()
      await sound(page, 'empty')
      await mpc.generates()
      await mpc.signs('Pay 12.50 USDC to Globex')
      await sound(page, 'signed')
      await mpc.button('Simulate a lost device').click()
      await sound(page, 'lost')
    })
  })
