import type { Locator, Page } from '@playwright/test'
import { Client } from '#lib/sdk/client.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { expect, type Member, refused, test as signedIn } from './console.ts'
import { soundInBoth } from './sound.ts'

const { BASE_URL: baseUrl = '' } = process.env

/** A member whose tenant was asked for things: ada registered, grace was refused for her page, a key lacked a scope. */
const test = signedIn.extend<{ asked: Member & { client: Client; requestId: string } }>({
  asked: async ({ member }, use) => {
    const client = new Client({ apiKey: member.tenant.key, baseUrl, maxRetries: 0 })
    const { register } = client.passkeys
    const ofAda = await register.begin({ username: 'ada' })
    const here = new SoftwareAuthenticator({ origin: baseUrl })
    await register.finish({ ceremonyId: ofAda.ceremonyId, credential: here.create(ofAda.publicKey) })
    const ofGrace = await register.begin({ username: 'grace' })
    const elsewhere = new SoftwareAuthenticator({ origin: 'https://app.acme.example' })
    const credential = elsewhere.create(ofGrace.publicKey)
    const error = await register.finish({ ceremonyId: ofGrace.ceremonyId, credential }).catch((error) => error)
    await client.usage().catch(() => undefined)
    await use({ ...member, client, requestId: error.requestId })
  },
})
test.use({ expectedErrors: refused(404) })

const lines = (page: Page) => page.getByRole('list', { name: 'Requests' }).getByRole('button')
const pane = (page: Page) => page.getByRole('region', { name: 'Request', exact: true })
const button = (on: Page | Locator, name: string | RegExp) =>
  on.getByRole('button', { name, exact: typeof name === 'string' })

test('a refused request is found, says why and what to do, and its view is in the address', async ({
  asked: { page, client, requestId },
}) => {
  await page.goto('/console/logs')
  await expect(page.getByRole('heading', { level: 1, name: 'Logs' })).toBeVisible()
  await expect(lines(page)).toHaveCount(5)
  await expect(lines(page).first()).toHaveText(/403.*usage\.read/)
  await expect(page.getByText('5 requests, 2 refused')).toBeVisible()

  await client.tenant()
  await expect(lines(page).first()).toHaveText(/200.*tenant\.read/)

  await button(page, 'Status').click()
  await page.getByRole('menuitem', { name: '4xx Refused' }).click()
  await expect(page).toHaveURL(/status=4xx/)
  await expect(lines(page)).toHaveCount(2)

  await lines(page).first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`request=${requestId}`))
  await expect(pane(page).getByRole('heading', { level: 2 })).toHaveText(/400\s*The credential did not verify/)
  await expect(pane(page)).toContainText('The browser signed for https://app.acme.example')
  await expect(pane(page)).toContainText('POST /v1/passkeys/register/finish')
  await expect(pane(page)).toContainText(/Took.* ms · [\d,]+ B in/)
  await expect(pane(page)).toContainText(/\d+ of 100 left this minute/)
  await expect(pane(page)).toContainText(/Checks \d of \d\d failed/)
  await expect(pane(page).getByRole('link', { name: 'Documentation of verification_failed' })).toHaveAttribute(
    'href',
    '/docs/errors#verification_failed',
  )
  await soundInBoth(page, 'logs with a request open')
  await button(pane(page), 'only these of grace').click()
  await expect(page).toHaveURL(/user=grace/)
  await expect(lines(page)).toHaveCount(1)
  await button(page, 'Remove Filter Status: 4xx').click()
  await expect(lines(page)).toHaveCount(2)

  await pane(page).getByRole('link', { name: 'Allow this origin…' }).click()
  await expect(page.getByRole('textbox', { name: /origin 2/i })).toHaveValue('https://app.acme.example')
})

test('a request is opened by its id wherever it was, on a phone too; and one that is not there says why', async ({
  asked: { page, requestId },
}) => {
  await page.setViewportSize({ width: 390, height: 780 })
  await page.goto(`/console/logs?environment=live&request=${requestId}`)
  await expect(pane(page)).toContainText('It was in the Test environment')
  await soundInBoth(page, 'a request on a phone')
  await pane(page).getByRole('link', { name: 'Show it among the requests there' }).click()
  await expect(page).toHaveURL(new RegExp(`^[^?]*\\?request=${requestId}`))
  await expect(pane(page)).not.toContainText('It was in the')
  await button(pane(page), 'Close the request').click()
  await expect(page).not.toHaveURL(/request=/)
  await expect(lines(page)).toHaveCount(5)

  await page.getByRole('textbox', { name: 'Search' }).fill('0188f000-0000-7000-8000-000000000000')
  await expect(pane(page)).toContainText('This request is older than 7 days')
  await page.goto('/console/logs?environment=live')
  await button(page, 'Show the last 7 days').click()
  await expect(page.getByRole('heading', { level: 2, name: 'No live request in the last 7 days' })).toBeVisible()
  await soundInBoth(page, 'an empty log on a phone')
})
