import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, refused } from './fixtures.ts'
import { sound } from './sound.ts'

const path = '/playground/frame'

/** The page of somebody's own around the frame, on an origin of its own. */
const test = base.extend<{ around: { origin: string } }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  around: async ({}, use) => {
    const allow = 'publickey-credentials-create; publickey-credentials-get'
    const frame = `<iframe src="${process.env.BASE_URL}${path}/inside" allow="${allow}"></iframe>`
    const server = createServer((_, answer) => {
      const type = { 'Content-Type': 'text/html' }
      answer.writeHead(200, type).end(`<!doctype html><html lang="en"><title>Around</title><body>${frame}`)
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    await use({ origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
    server.closeAllConnections()
    server.close()
  },
})

test.describe('a frame of another origin', () => {
  test.use({ expectedErrors: refused(400) })

  test('may do what the page around it allows, and the server refuses what is signed there', async ({
    page,
    tenant,
    authenticator,
  }) => {
    const home = new URL(process.env.BASE_URL ?? '')
    test.skip(home.hostname !== 'localhost' || home.protocol !== 'http:', 'this server has no second name here')
    test.slow()
    await page.goto(path)
    await page.getByRole('link', { name: /^open this page on 127\.0\.0\.1:/ }).click()
    await expect(page).toHaveURL(`http://127.0.0.1:${home.port}${path}`)
    await expect(page.getByText('Two origins')).toBeVisible()

    const inside = page.frameLocator('iframe')
    const answer = inside.getByRole('region', { name: 'Answer' })
    async function register() {
      await inside.getByRole('textbox', { name: 'API key' }).fill(tenant.key)
      await inside.getByRole('button', { name: 'Register' }).click()
      await expect(answer).toBeVisible()
    }
    await register()
    await expect(answer).toContainText('NotAllowedError')
    await expect(inside.getByText('no, the page around it does not allow it')).toHaveCount(2)
    expect(await authenticator.credentials()).toEqual([])

    await page.getByRole('switch', { name: 'Make passkeys' }).check()
    await expect(page.locator('iframe')).toHaveAttribute('allow', 'publickey-credentials-create')
    await expect(inside.getByText('no, the page around it does not allow it')).toHaveCount(1)
    await register()
    const clientData = inside.getByTestId('client-data')
    await expect(clientData).toContainText('crossOrigintrue')
    await expect(clientData).toContainText(`topOrigin"http://127.0.0.1:${home.port}"`)
    await expect(inside.getByRole('list', { name: 'Checks of the frame' }).locator('[data-outcome=fail]')).toHaveText([
      /Not in a cross-origin frame/,
      /No top origin/,
    ])
    // A passkey was made all the same; nobody would ever take it.
    await expect(answer).toContainText('The browser took the signal.')
    expect(await authenticator.credentials()).toEqual([])
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations).toEqual([])
  })

  test('of a page of somebody’s own, on an origin of its own, is told that page’s origin, also where no signal can be sent', async ({
    page,
    tenant,
    around,
    authenticator,
  }) => {
    await page.addInitScript(() => {
      const { PublicKeyCredential } = window as { PublicKeyCredential?: { signalUnknownCredential?: unknown } }
      if (PublicKeyCredential) PublicKeyCredential.signalUnknownCredential = undefined
    })
    await page.goto(around.origin)
    const inside = page.frameLocator('iframe')
    await expect(inside.getByText(around.origin, { exact: true })).toBeVisible()
    await inside.getByRole('textbox', { name: 'API key' }).fill(tenant.key)
    await inside.getByRole('button', { name: 'Register' }).click()
    await expect(inside.getByTestId('client-data')).toContainText(`topOrigin"${around.origin}"`)
    const answer = inside.getByRole('region', { name: 'Answer' })
    await expect(answer).toContainText('The provider was not told. This browser does not have the function')
    expect(await authenticator.credentials()).toHaveLength(1)
  })
})

test('only the page that is made for frames may be framed, and it is sound and remembers nothing', async ({
  page,
  tenant,
  request,
  authenticator: _,
}) => {
  const policyOf = async (path: string) => (await request.get(path)).headers()
  const framed = await policyOf(`${path}/inside`)
  expect(framed['content-security-policy']).toContain('frame-ancestors *')
  expect(framed).not.toHaveProperty('x-frame-options')
  for (const other of [path, `${path}/inside/x`, `${path}/inside%2f`, '/playground', '/playground/decode']) {
    expect(await policyOf(other), other).toMatchObject({
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'x-frame-options': 'DENY',
    })
  }
  await page.goto(`${path}/inside`)
  await page.getByRole('textbox', { name: 'API key' }).fill(tenant.key)
  await page.getByRole('button', { name: 'Register' }).click()
  const answer = page.getByRole('region', { name: 'Answer' })
  await expect(answer).toContainText('The server keeps the passkey.')
  await page.getByRole('button', { name: 'Authenticate' }).click()
  await expect(answer).toContainText('The passkey signed in.')
  await expect(page.getByTestId('client-data')).toContainText('topOriginabsent')
  await sound(page, 'the framed page')
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain('sk_')
})
