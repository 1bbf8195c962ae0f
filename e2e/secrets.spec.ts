import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

/** Everything that this page could have kept, as text. */
function kept(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => ({
    local: JSON.stringify(localStorage),
    session: JSON.stringify(sessionStorage),
    cookies: document.cookie,
    databases: JSON.stringify(await indexedDB.databases()),
    caches: JSON.stringify(await caches.keys()),
    history: JSON.stringify(history.state),
    address: location.href,
    document: document.documentElement.outerHTML,
    fields: JSON.stringify([...document.querySelectorAll('input')].map(({ value }) => value)),
  }))
}

test('a reload keeps no key and no token; the username stands in the address, and what was done in the list of runs', async ({
  page,
  context,
  tenant,
  playground,
  authenticator: _,
}) => {
  await playground.open(tenant.key, 'ada-of-the-reload')
  await playground.registers()
  await playground.authenticates()
  const token = (await playground.token.textContent()) ?? ''
  const signature = token.split('.')[2] ?? ''
  const { document: __, fields: ___, ...storage } = await kept(page)
  for (const text of Object.values(storage)) {
    for (const secret of [tenant.key, signature]) expect(text).not.toContain(secret)
  }
  await page.reload()
  await expect(playground.apiKey).toHaveValue('')
  await expect(playground.username).toHaveValue('ada-of-the-reload')
  await expect(page.getByTestId('runs')).toContainText('ada-of-the-reload')
  await playground.expectState('idle')
  expect(await playground.lastResult()).toBeNull()
  for (const [where, text] of Object.entries(await kept(page))) {
    for (const secret of [tenant.key, signature]) {
      expect(text.includes(secret), `${where} holds a secret`).toBe(false)
    }
  }
  expect(await context.cookies()).toEqual([])
})

test('Remember in this tab keeps the key through reloads, in session storage only, until it is switched off', async ({
  page,
  context,
  tenant,
  playground,
}) => {
  await playground.open(tenant.key)
  await expect(playground.tenant).toContainText(tenant.name)
  await playground.remember.check()
  for (let reload = 0; reload < 2; reload++) {
    await page.reload()
    await expect(playground.apiKey).toHaveValue(tenant.key)
    await expect(playground.remember).toBeChecked()
    const { session, local, cookies, databases, address } = await kept(page)
    expect(session).toContain(tenant.key)
    for (const text of [local, cookies, databases, address]) expect(text).not.toContain(tenant.key)
  }
  const other = await context.newPage()
  await other.goto('/playground')
  await expect(other.getByRole('textbox', { name: 'API key' })).toHaveValue('')
  await playground.remember.uncheck()
  expect((await kept(page)).session).not.toContain(tenant.key)
  await page.reload()
  await expect(playground.apiKey).toHaveValue('')
  await expect(playground.remember).not.toBeChecked()
})

test('a remembered key that is cleared from its field is forgotten', async ({ page, tenant, playground }) => {
  await playground.open(tenant.key)
  await expect(playground.tenant).toContainText(tenant.name)
  await playground.remember.check()
  await playground.apiKey.fill('')
  await expect(playground.tenant).toHaveCount(0)
  expect((await kept(page)).session).not.toContain(tenant.key)
})

test('the key travels in a header only', async ({ page, tenant, playground, authenticator: _ }) => {
  const bare: string[] = []
  page.on('request', (request) => bare.push(request.url(), request.postData() ?? ''))
  await playground.open(tenant.key, 'ada')
  await playground.registers()
  await playground.authenticates()
  expect(bare.filter((text) => text.includes(tenant.key))).toEqual([])
})
