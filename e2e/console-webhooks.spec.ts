import type { Locator, Page } from '@playwright/test'
import { Webhook } from 'standardwebhooks'
import { test as base, expect, refused } from './console.ts'
import { tabTo } from './focus.ts'
import { type HookEndpoint, hookEndpoint } from './hook-endpoint.ts'
import { looks, sound } from './sound.ts'

const test = base.extend<{ endpoint: HookEndpoint }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  endpoint: async ({}, use) => {
    const endpoint = await hookEndpoint()
    await use(endpoint)
    await endpoint.stop()
  },
})

const button = (on: Page | Locator, name: string) => on.getByRole('button', { name, exact: true })
const lines = (page: Page) => page.getByRole('list', { name: 'Deliveries' }).getByRole('button')
const pane = (page: Page) => page.getByRole('region', { name: 'Delivery', exact: true })
const dialog = (page: Page) => page.getByRole('dialog')

/** Takes the secret that is shown, and says that it is stored. */
async function store(page: Page): Promise<string> {
  await expect(page.getByTestId('secret')).toHaveText(/^whsec_[\w+/]{43}=$/)
  const secret = (await page.getByTestId('secret').textContent()) ?? ''
  await page.getByRole('checkbox', { name: 'I have stored it' }).check()
  await button(page, 'Done').click()
  await expect(page.getByTestId('secret')).toHaveCount(0)
  return secret
}

/** Makes an endpoint with the form, and ends on its own page with its secret. */
async function make(page: Page, url: string, environment: 'test' | 'live' = 'test'): Promise<string> {
  await page.goto(`/console/webhooks/new?environment=${environment}`)
  await page.getByRole('textbox', { name: 'URL' }).fill(url)
  await page.getByRole('textbox', { name: 'Description' }).fill('Ledger')
  await page.getByRole('checkbox', { name: 'user.created', exact: true }).check()
  await page.getByRole('checkbox', { name: 'user.deleted', exact: true }).check()
  await button(page, 'Create endpoint').click()
  const secret = await store(page)
  await expect(page.getByRole('heading', { level: 1, name: url })).toBeVisible()
  return secret
}

/** Has an example sent as by another member, whose page this is not. */
async function tell(page: Page, type: string, times = 1): Promise<void> {
  await page.evaluate(
    async ({ path, body, left }) => {
      const headers = { 'Content-Type': 'application/json' }
      while (left--) await fetch(`/console/api${path}/test`, { method: 'POST', headers, body })
    },
    { path: new URL(page.url()).pathname.replace('/console', ''), body: JSON.stringify({ type }), left: times },
  )
}

/** Sends a test event by the button; ends with its outcome on the screen. */
async function sendTest(page: Page, type: string): Promise<void> {
  await button(page, 'Send a test event').click()
  await dialog(page).getByRole('combobox', { name: 'Event' }).selectOption(type)
  await button(dialog(page), 'Send').click()
  await expect(dialog(page).getByRole('status')).toContainText(/^(?:Not d|D)elivered/)
}

test('an endpoint from its making to its end', async ({ page, member: _, endpoint }) => {
  test.slow()
  await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Webhooks' }).click()
  await expect(page.getByRole('heading', { name: 'No test endpoint yet' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'example request', exact: true })).toContainText(
    'webhook-signature: v1,',
  )
  await page.getByRole('link', { name: 'Create endpoint' }).click()

  const old = await make(page, endpoint.url)
  await expect(page.getByRole('list', { name: 'Events' })).toHaveText('user.*')
  await expect(page.getByText('Nothing was told yet.')).toBeVisible()

  await test.step('a test event arrives, signed, and its outcome is there at once', async () => {
    await sendTest(page, 'user.deleted')
    await expect(dialog(page).getByRole('status')).toContainText('Delivered: 200 OK')
    const [{ headers, body } = { headers: {}, body: '' }] = endpoint.got
    expect(new Webhook(old).verify(body, headers)).toMatchObject({ type: 'user.deleted' })
    await button(dialog(page), 'Open it in the log').click()
    await expect(pane(page).locator(':focus')).toBeInViewport()
    await expect(pane(page).getByRole('heading', { level: 3 })).toHaveText('user.deleted')
    await expect(pane(page).getByRole('region', { name: 'Sent' })).toContainText(headers['webhook-signature'] ?? '')
    await expect(pane(page).getByRole('region', { name: 'Answered' })).toContainText('thanks')
    await expect(page.getByRole('region', { name: 'Facts' })).toContainText('1 of 1')
  })

  await test.step('what happens is in the log while one looks, and why it did not arrive', async () => {
    endpoint.answers = { status: 503, body: 'upstream connect error' }
    await tell(page, 'user.created')
    await expect(lines(page)).toHaveCount(2)
    await expect(page.getByText('user.created, test event: not delivered.')).toBeAttached()
    await expect(lines(page).first()).toContainText('Not delivered')
    await expect(lines(page).first()).toContainText('503')
    await expect(page.getByRole('radio', { name: 'Not delivered 1' })).toBeVisible()
    await page.getByRole('radio', { name: 'Not delivered 1' }).check()
    await expect(lines(page)).toHaveCount(1)
    await lines(page).first().click()
    await expect(pane(page).getByRole('list', { name: 'Tries' })).toContainText('503 Service Unavailable')
    await expect(pane(page)).toContainText('What to do: ')
    await expect(pane(page)).toContainText('Next try at')
    await expect(pane(page).getByRole('region', { name: /^Answered/ })).toContainText('upstream connect error')
  })

  await test.step('mended, it is sent again by hand', async () => {
    endpoint.answers = { status: 200, body: '' }
    await button(pane(page), 'Resend').click()
    await expect(pane(page)).toContainText('It arrived: nothing more is planned.')
    await expect(page.getByText('All that is kept here has arrived.')).toBeVisible()
    await page.getByRole('radio', { name: 'All' }).check()
    await expect(lines(page).first()).toContainText('Delivered')
    const ids = endpoint.got.map(({ headers }) => headers['webhook-id'])
    expect(new Set(ids).size).toBe(2)
  })

  await test.step('what comes on top leaves what one looks at where it is', async () => {
    await tell(page, 'user.created', 20)
    await expect(lines(page)).toHaveCount(22)
    const looked = lines(page).last()
    await looked.scrollIntoViewIfNeeded()
    const before = await looked.boundingBox()
    await tell(page, 'user.created')
    await expect(lines(page)).toHaveCount(23)
    expect(Math.abs(((await looked.boundingBox())?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(2)
  })

  await test.step('a rotated secret signs, and the one before still does', async () => {
    await button(page, 'Rotate').click()
    await button(dialog(page), 'Rotate').click()
    const next = await store(page)
    expect(next).not.toBe(old)
    await expect(page.getByText('The one before signs, too')).toBeVisible()
    await sendTest(page, 'user.created')
    const { headers, body } = endpoint.got.at(-1) ?? { headers: {}, body: '' }
    for (const secret of [old, next]) expect(new Webhook(secret).verify(body, headers)).toMatchObject({ data: {} })
    await button(dialog(page), 'Close').first().click()
  })

  await test.step('off, it says why and is sent nothing; on again, what it missed is recovered', async () => {
    endpoint.answers = { status: 410, body: '' }
    await sendTest(page, 'user.created')
    await button(dialog(page), 'Close').first().click()
    await expect(page.getByText('it answered 410 Gone')).toBeVisible()
    await expect(page.getByRole('switch', { name: 'Enabled' })).not.toBeChecked()
    endpoint.answers = { status: 200, body: '' }
    await page.getByRole('switch', { name: 'Enabled' }).check()
    await expect(page.getByText('it answered 410 Gone')).toHaveCount(0)
    await button(page, 'Recover from…').click()
    await button(dialog(page), 'Send again').click()
    await expect(dialog(page).getByRole('status')).toContainText('1 delivery is sent again')
    await button(dialog(page), 'Close').first().click()
    await expect(page.getByRole('radio', { name: 'Not delivered 0' })).toBeVisible()
  })

  await test.step('its events and its URL are changed, and it is deleted', async () => {
    await button(page, 'Change events').click()
    await dialog(page).getByRole('checkbox', { name: 'All events' }).check()
    await button(dialog(page), 'Save events').click()
    await expect(page.getByRole('list', { name: 'Events' })).toHaveText('All events')
    await button(page, 'Edit').click()
    await dialog(page).getByRole('textbox', { name: 'URL' }).fill(`${endpoint.url}/2`)
    await button(dialog(page), 'Save').click()
    await expect(page.getByRole('heading', { level: 1, name: `${endpoint.url}/2` })).toBeVisible()
    await button(page, 'Delete').click()
    await button(dialog(page), 'Delete endpoint').click()
    await expect(page.getByRole('heading', { name: 'No test endpoint yet' })).toBeVisible()
    await page.goto('/console/audit')
    for (const done of ['deleted a webhook endpoint', 'rotated the secret of a webhook endpoint'])
      await expect(page.getByRole('button', { name: done })).toBeVisible()
  })
})

test.describe('refused by the server', () => {
  test.use({ expectedErrors: refused(400, 403) })

  test('what is wrong is said at its field, and one is taken there', async ({ page, member: _ }) => {
    test.slow()
    await page.goto('/console/webhooks/new')
    const url = page.getByRole('textbox', { name: 'URL' })
    await button(page, 'Create endpoint').click()
    await expect(url).toBeFocused()
    await expect(url).toHaveAccessibleDescription(/Say where your endpoint is/)
    await expect(page.getByRole('group', { name: 'Events' })).toHaveAccessibleDescription(/at least one event/)
    await page.getByRole('checkbox', { name: 'All events' }).check()
    await url.fill('https://ada:secret@hooks.example/')
    await button(page, 'Create endpoint').click()
    await expect(url).toBeFocused()
    await expect(url).toHaveAccessibleDescription(/must hold no user and no password/)
    const list = await page.request.get('/console/api/webhooks?environment=test')
    expect(await list.json()).toEqual({ data: [] })
    await url.fill('ftp://hooks.example/')
    await button(page, 'Create endpoint').click()
    await expect(url).toHaveAccessibleDescription(/must begin with https.*WEBHOOK_ALLOW_PRIVATE=on/)
  })

  test('a live endpoint is made, turned off and tried with a passkey', async ({ page, member, endpoint }) => {
    test.slow()
    await make(page, endpoint.url, 'live')
    await sendTest(page, 'user.created')
    await button(dialog(page), 'Close').first().click()
    expect(endpoint.got).toHaveLength(1)
    const enabled = page.getByRole('switch')
    await member.authenticator.setPresence(false)
    await enabled.click()
    await expect(enabled).toHaveAccessibleName('Waiting for your passkey')
    await button(page, 'Cancel').click()
    await expect(page.getByRole('alert').filter({ hasText: 'Cancelled' })).toBeVisible()
    await expect(enabled).toBeChecked()
    await member.authenticator.setPresence(true)
    await enabled.click()
    await expect(page.getByText('Somebody turned this endpoint off')).toBeVisible()
  })
})

for (const [look, options] of looks) {
  test.describe(look, () => {
    test.use(options)

    test('webhooks are accessible, and the keyboard alone opens a delivery', async ({ page, member: _, endpoint }) => {
      test.slow()
      await page.goto('/console/webhooks')
      await expect(page.getByRole('heading', { name: 'No test endpoint yet' })).toBeVisible()
      await sound(page, 'none yet')
      await page.goto('/console/webhooks/new')
      await button(page, 'Create endpoint').click()
      await sound(page, 'mistakes')
      await page.getByRole('textbox', { name: 'URL' }).fill(endpoint.url)
      await page.getByRole('checkbox', { name: 'All events' }).check()
      await button(page, 'Create endpoint').click()
      await expect(page.getByTestId('secret')).toBeVisible()
      await sound(page, 'secret')
      await store(page)
      await button(page, 'Send a test event').click()
      await button(dialog(page), 'Send').click()
      await expect(dialog(page).getByRole('status')).toContainText('Delivered')
      await sound(page, 'test event')
      endpoint.answers = { status: 500, body: 'broken' }
      await button(dialog(page), 'Send another').click()
      await expect(dialog(page).getByRole('status')).toContainText('Not delivered')
      await page.keyboard.press('Escape')
      await expect(lines(page)).toHaveCount(2)
      await tabTo(page, lines(page).first())
      await page.keyboard.press('ArrowDown')
      await expect(lines(page).nth(1)).toBeFocused()
      await page.keyboard.press('Home')
      await page.keyboard.press('Enter')
      await expect(pane(page).getByRole('list', { name: 'Tries' })).toContainText('500 Internal Server Error')
      await sound(page, 'opened')
      if (look !== 'light') {
        await expect(pane(page).locator(':focus')).toBeVisible()
        await button(page, 'Close the delivery').click()
        await expect(lines(page).first()).toBeFocused()
      }
      await page.goto('/console/webhooks')
      await expect(page.getByRole('list', { name: 'Test endpoints' })).toContainText('Waiting for another try1')
      await sound(page, 'list')
    })
  })
}
