import { createPublicKey, verify } from 'node:crypto'
import type { Page } from '@playwright/test'
import { VirtualAuthenticator } from '#lib/testing/playwright.ts'
import { expect, refused, test } from './fixtures.ts'
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

test('before there is a token, the tab asks for one', async ({ page, playground, tenant }) => {
  await playground.open(tenant.key, 'ada')
  await playground.show('MPC')
  await expect(playground.panel).toContainText('First a token')
  await expect(new MpcTab(page).button('Generate key')).toHaveCount(0)
})

test('a stranger makes a key and signs with it in four presses', async ({ page, signedIn }) => {
  const mpc = new MpcTab(page)
  await signedIn.show('MPC')
  await mpc.generates()
  await expect(mpc.key).toContainText('2 of 3')
  await mpc.signs('Pay 12.50 USDC to Globex')
  await expect(page.getByRole('region', { name: 'Approval' })).toContainText('Approved with ada’s passkey')
  for (const round of ['Approval', 'Round 1', 'Round 2', 'Put together in this browser'])
    await expect(mpc.messages).toContainText(round)
  await expect(page.getByRole('region', { name: 'Verify it elsewhere' })).toContainText('openssl pkeyutl -verify')
})

test.describe('with a PRF', () => {
  test('the share outlives the page, sealed', async ({ page, playground, tenant }) => {
    await VirtualAuthenticator.attach(page, { hasPrf: true })
    // Some authenticators give a passkey a PRF only where its registration asks for one.
    await page.route('**/v1/passkeys/register/begin', (route) => {
      const body = route.request().postDataJSON()
      const options = { ...body.options, extensions: { ...body.options?.extensions, prf: {} } }
      return route.continue({ postData: JSON.stringify({ ...body, options }) })
    })
    const mpc = new MpcTab(page)
    await playground.open(tenant.key, 'ada')
    await playground.registers()
    await playground.authenticates()
    await playground.show('MPC')
    await mpc.generates()
    const device = page.getByRole('region', { name: 'Device', exact: true })
    await expect(device).toContainText('sealed by the passkey’s PRF output')
    await playground.open(tenant.key, 'ada')
    await playground.authenticates()
    await playground.show('MPC')
    await expect(device).toContainText('share 1 of 3')
    await mpc.signs('After a reload')
  })
})

test('a lost device comes back from its recovery share, and a refresh keeps the key', async ({ page, signedIn }) => {
  test.slow()
  const mpc = new MpcTab(page)
  await signedIn.show('MPC')
  await mpc.generates()
  const publicKey = (await mpc.publicKey.textContent()) ?? ''
  await mpc.button('QR code').click()
  await expect(page.getByRole('img', { name: 'QR code of the recovery share' })).toBeVisible()
  await mpc.button('Refresh shares').click()
  await expect(mpc.messages).toContainText('new recovery file')
  await mpc.button('Simulate a lost device').click()
  await expect(page.getByRole('region', { name: 'Device', exact: true })).toContainText('share lost')
  await mpc.button('Recover').click()
  await expect(mpc.messages).toContainText('Done')
  await expect(mpc.publicKey).toHaveText(publicKey)
  await mpc.signs('After all that')
})

test.describe('Break it', () => {
  test.use({ expectedErrors: refused(400, 403, 404, 409, 412) })

  const ways: [button: string, said: RegExp][] = [
    ['Tamper with a share', /The device cheated.*share_invalid/],
    ['Replay a nonce', /Refused.*session_conflict/],
    ['Another message', /Refused.*session_conflict/],
    ['Stale approval', /Refused.*approval_used/],
    ['Restart the server', /Refused.*session_/],
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
      await expect(page.getByRole('region', { name: 'Break it', exact: true })).toContainText('What caught it')
    }
    await mpc.signs('A fresh one works')
  })
})

for (const [name, look] of looks)
  test.describe(`${name}: axe finds nothing`, () => {
    test.use(look)
    test('before there is a key and when something is signed', async ({ page, signedIn }) => {
      test.slow()
      const mpc = new MpcTab(page)
      await signedIn.show('MPC')
      await expect(mpc.button('Generate key')).toBeVisible()
      await sound(page, 'empty')
      await mpc.generates()
      await mpc.signs('Pay 12.50 USDC to Globex')
      await sound(page, 'signed')
    })
  })
