import type { Page } from '@playwright/test'
import { expect, refused, test } from './fixtures.ts'

/** Reads the body of the next answer on its way to the page: a browser may forget the body of one that has arrived. */
async function nextAnswer(page: Page, url: string): Promise<() => unknown> {
  let body: unknown
  await page.route(
    url,
    async (route) => {
      const response = await route.fetch()
      body = await response.json()
      await route.fulfill({ response })
    },
    { times: 1 },
  )
  return () => body
}

test('there is exactly one control of each name, at every stage', async ({
  page,
  tenant,
  playground,
  authenticator: _,
}) => {
  test.slow()
  async function once() {
    for (const control of [
      playground.apiKey,
      playground.username,
      playground.register,
      playground.authenticate,
      page.getByRole('button', { name: 'Sign in with a passkey', exact: true }),
      page.getByRole('button', { name: 'Use a demo key', exact: true }),
      page.getByRole('checkbox', { name: 'Remember in this tab', exact: true }),
      page.getByTestId('status'),
      page.getByTestId('last-result'),
    ]) {
      await expect(control).toHaveCount(1)
    }
    for (const name of ['API key', 'Username']) {
      await expect(page.getByRole('textbox', { name, exact: true })).toHaveCount(1)
      await expect(page.getByLabel(name, { exact: true })).toHaveCount(1)
    }
  }
  await playground.open()
  await once()
  await playground.apiKey.fill(tenant.key)
  await expect(page.getByRole('region', { name: 'Tenant', exact: true })).toHaveCount(1)
  await playground.username.fill('ada')
  await playground.registers()
  await once()
  await expect(page.getByRole('button', { name: 'Use it to sign in', exact: true })).toHaveCount(1)
  await playground.authenticates()
  await once()
  for (const tab of ['Token', 'Checks', 'Ceremony', 'Passkeys'] as const) {
    await playground.show(tab)
    await once()
    await expect(page.getByTestId('token')).toHaveCount(1)
  }
  await playground.show('Token')
  await expect(page.getByRole('region', { name: 'Token', exact: true })).toHaveCount(1)
})

test('data-state follows the ceremony: idle, working, success', async ({ tenant, playground, authenticator }) => {
  await playground.open()
  await expect(playground.status).toHaveAttribute('data-state', 'idle')
  await playground.apiKey.fill(tenant.key)
  await expect(playground.tenant).toContainText(tenant.name)
  await playground.username.fill('ada')
  await expect(playground.status).toHaveAttribute('data-state', 'idle')
  const states = playground.status.evaluate(
    (status) =>
      new Promise<(string | null)[]>((resolve) => {
        const seen = [status.getAttribute('data-state')]
        new MutationObserver(() => {
          seen.push(status.getAttribute('data-state'))
          if (seen.at(-1) !== 'working') resolve(seen)
        }).observe(status, { attributeFilter: ['data-state'] })
      }),
  )
  const made = authenticator.nextCredential()
  await playground.registers()
  await made
  expect(await states).toEqual(['idle', 'working', 'success'])
})

test('the status is a live region with words', async ({ page, tenant, playground, authenticator: _ }) => {
  await playground.open(tenant.key, 'ada')
  const live = page.getByRole('status').and(playground.status)
  await expect(live).toHaveCount(1)
  await playground.registers()
  await expect(live).toHaveText(/^ada has a passkey.* Next: Authenticate\.$/)
})

test('last-result is the finish answer, word for word', async ({ page, tenant, playground, authenticator: _ }) => {
  await playground.open(tenant.key, 'ada')
  expect(await playground.lastResult()).toBeNull()
  for (const press of ['registers', 'authenticates'] as const) {
    const answer = await nextAnswer(page, '**/finish')
    await playground[press]()
    expect(await playground.lastResult()).toEqual(answer())
  }
  expect((await playground.lastResult()).token).toBe(await playground.token.textContent())
})

test.describe('after a refusal', () => {
  test.use({ expectedErrors: refused(404) })

  test('last-result is the problem, word for word', async ({ page, tenant, playground, authenticator: _ }) => {
    await playground.open(tenant.key, 'nobody')
    const answer = await nextAnswer(page, '**/authenticate/begin')
    await playground.authenticate.click()
    await playground.expectState('error')
    expect(await playground.lastResult()).toEqual(answer())
    await expect(playground.token).toHaveCount(0)
  })
})

test('a username that could end the script element stays data', async ({
  page,
  tenant,
  playground,
  authenticator: _,
}) => {
  const username = '</script><b>ada</b>'
  await playground.open(tenant.key, username)
  await playground.registers()
  expect(await playground.lastResult()).toMatchObject({ user: { username } })
  await expect(page.getByText(`${username} has a passkey`)).toBeVisible()
})
