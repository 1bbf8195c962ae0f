import { callsOf } from './calls.ts'
import { expect, refused, test } from './fixtures.ts'

test.use({ expectedErrors: refused(429) })

test('a rate limit counts down on the buttons, which work again at its end', async ({
  page,
  tenant,
  playground,
  baseURL,
}) => {
  await page.clock.install()
  await playground.open(tenant.key, 'nobody')
  await expect(playground.tenant).toBeVisible()
  await exhaust(String(baseURL), tenant.key)
  const height = async () => (await playground.authenticate.boundingBox())?.height
  const before = await height()
  await playground.register.click()
  await playground.expectFailure('Too many requests', /100 a minute/, /again/)
  const calls = callsOf(page)
  await expect(playground.register).toHaveText(/^Register\d+ s$/)
  await expect(playground.authenticate).toHaveText(/^Authenticate\d+ s$/)
  expect(await height()).toBe(before)
  const seconds = async () => Number(/\d+/.exec((await playground.register.textContent()) ?? '')?.[0])
  const first = await seconds()
  for (const button of [playground.register, playground.authenticate, playground.signIn]) {
    await expect(button).toBeEnabled()
    await expect(button).toHaveAccessibleDescription(/Too many requests with this key.*work again in \d+ s/)
    await button.click()
  }
  await page.clock.runFor(2_000)
  await expect.poll(seconds).toBeLessThan(first)
  expect(calls).toEqual([])
  await page.clock.runFor(60_000)
  await expect(playground.register).toHaveText('Register')
  await expect(playground.register).toHaveAccessibleDescription('')
  const sent = page.waitForRequest('**/register/begin')
  await playground.register.click()
  await sent
})

test('a rate limit that meets the key itself is waited for, and then the key is asked about again', async ({
  page,
  tenant,
  playground,
  baseURL,
}) => {
  await exhaust(String(baseURL), tenant.key)
  await page.clock.install()
  await playground.open(tenant.key, 'ada')
  await expect(playground.apiKey).toHaveAccessibleDescription(/Too many requests with this key/)
  await expect(playground.register).toHaveText(/^Register\d+ s$/)
  const again = page.waitForRequest('**/v1/tenant')
  await page.clock.runFor(61_000)
  await again
})

/** Calls the API with a key until it takes no more calls. */
async function exhaust(baseUrl: string, key: string): Promise<void> {
  const call = () => fetch(`${baseUrl}/v1/tenant`, { headers: { Authorization: `Bearer ${key}` } })
  let { status } = await call()
  while (status === 200) ({ status } = await call())
  expect(status).toBe(429)
}
