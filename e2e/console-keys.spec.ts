import type { APIRequestContext, Page } from '@playwright/test'
import { expect, refused, test } from './console.ts'

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })

/** Fills in the form of a new key, as far as every key needs it. */
async function fillIn(
  page: Page,
  name: string,
  { preset = 'Backend of a sign-in page', live = false } = {},
): Promise<void> {
  await page.getByRole('link', { name: 'Create New Key' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  if (live) await page.getByRole('radio', { name: 'Live' }).check()
  await page.getByRole('radio', { name: preset }).check()
}

/** Takes the secret that is shown, and says that it is stored. */
async function store(page: Page): Promise<string> {
  const secret = (await page.getByTestId('secret').textContent()) ?? ''
  await page.getByRole('checkbox', { name: 'I have stored it' }).check()
  await button(page, 'Done').click()
  await expect(page.getByTestId('secret')).toHaveCount(0)
  return secret
}

/** What the API says of a key. */
async function tenantOf(request: APIRequestContext, secret: string) {
  const answer = await request.get('/v1/tenant', { headers: { Authorization: `Bearer ${secret}` } })
  return { status: answer.status(), body: await answer.json() }
}

test.beforeEach(({ member }) => member.page.goto('/console/keys'))

test('a test key is made, its secret is shown once, and it works', async ({ page, request, member: _ }) => {
  test.slow()
  await fillIn(page, 'Billing service')
  await page.getByRole('checkbox', { name: 'usage:read' }).check()
  await page.getByRole('radio', { name: '90 days' }).check()
  await button(page, 'Create key').click()
  const shown = page.getByTestId('secret')
  await expect(shown).toHaveText(/^sk_test_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/)
  await expect(page.getByRole('heading', { name: 'Your new key' })).toBeFocused()
  await button(page, 'Done').click()
  await expect(page.getByRole('checkbox', { name: 'I have stored it' })).toBeFocused()
  await expect(page.getByRole('alert').filter({ hasText: 'Store the key first' })).toBeVisible()
  const secret = await store(page)

  const card = page.getByRole('listitem').filter({ hasText: 'Billing service' })
  await expect(card).toContainText(`${secret.slice(0, 21)}…${secret.slice(-4)}`)
  await expect(card.getByRole('list', { name: 'Scopes of Billing service' }).getByRole('listitem')).toHaveText([
    'passkeys:register',
    'passkeys:authenticate',
    'usage:read',
  ])
  await expect(card).toContainText('Last usednever')
  await expect(card.getByRole('img', { name: 'No request in 14 days' })).toBeVisible()
  expect(await page.content()).not.toContain(secret)
  await page.reload()
  await expect(card).toBeVisible()
  expect(await page.content()).not.toContain(secret)

  expect(await tenantOf(request, secret)).toMatchObject({ status: 200, body: { environment: 'test' } })
  await page.reload()
  await expect(card.getByRole('img', { name: /^1 request in 14 days, all on / })).toBeVisible()
  await expect(card).toContainText('Last usedjust now')
})

test('a secret that is not stored yet is not left without a question', async ({ page, member: _ }) => {
  await fillIn(page, 'Billing service')
  await button(page, 'Create key').click()
  await expect(page.getByTestId('secret')).toBeVisible()
  const asked: string[] = []
  page.on('dialog', (dialog) => {
    asked.push(`${dialog.type()} ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.getByRole('link', { name: 'Usage' }).click()
  await expect.poll(() => asked).toEqual([expect.stringContaining('Leave without storing it?')])
  await page.evaluate(() => location.reload())
  await expect.poll(() => asked[1]).toContain('beforeunload')
  await expect(page.getByTestId('secret')).toBeVisible()
  await page.getByRole('checkbox', { name: 'I have stored it' }).check()
  await page.getByRole('link', { name: 'Usage' }).click()
  await expect(page).toHaveURL(/\/console\/usage/)
  expect(asked).toHaveLength(2)
})

test('presets choose exactly their permissions, and those for administration are warned of', async ({
  page,
  member: _,
}) => {
  await page.getByRole('link', { name: 'Create New Key' }).click()
  const chosen = async () => {
    const boxes = page.getByRole('group', { name: 'Permissions' }).getByRole('checkbox', { checked: true })
    return Promise.all(
      (await boxes.all()).map((box) => box.evaluate((input) => (input as HTMLInputElement).labels?.[0]?.textContent)),
    )
  }
  const warning = page.getByText('Not for client code')
  await page.getByRole('radio', { name: 'Read-only monitoring' }).check()
  expect((await chosen()).toSorted()).toEqual(['account:read', 'skills:list'])
  await expect(warning).toHaveCount(0)
  await page.getByRole('radio', { name: 'Full automation' }).check()
  expect((await chosen()).toSorted()).toEqual(['account:read', 'skills:execute', 'webhooks:manage'])
  await expect(warning).toBeVisible()
  await page.getByRole('checkbox', { name: 'webhooks:manage' }).uncheck()
  await expect(warning).toHaveCount(0)
  await expect(page.getByRole('radio', { name: 'Full automation' })).not.toBeChecked()
  await expect(page.getByRole('checkbox', { name: 'usage:read' })).toHaveAccessibleDescription(/Read usage figures/)
})

test('what is missing is said beside its field, and one is taken there', async ({ page, member: _ }) => {
  await page.getByRole('link', { name: 'Create New Key' }).click()
  const name = page.getByRole('textbox', { name: 'Name' })
  await button(page, 'Create key').click()
  await expect(name).toBeFocused()
  await expect(name).toHaveAccessibleDescription(/Give the key a name/)
  await name.fill('Billing service')
  await button(page, 'Create key').click()
  await expect(page.getByText('Choose at least one permission.')).toBeVisible()
  await page.getByRole('radio', { name: 'Backend of a sign-in page' }).check()
  await page.getByRole('textbox', { name: 'Address or CIDR' }).fill('203.0.113.1/24')
  await button(page, 'Create key').click()
  await expect(page.getByText('did you mean 203.0.113.0/24?')).toBeVisible()
  await expect(page.getByTestId('secret')).toHaveCount(0)
})

test.describe('refused by the server', () => {
  test.use({ expectedErrors: refused(400, 403, 404) })

  test('a name is told why at its field', async ({ page, member: _ }) => {
    await fillIn(page, 'x'.repeat(70))
    await button(page, 'Create key').click()
    await expect(page.getByRole('textbox', { name: 'Name' })).toHaveAccessibleDescription(/longer than 64 characters/)
    await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused()
  })

  test('a live key is made only after a passkey said yes', async ({ page, request, member }) => {
    test.slow()
    await fillIn(page, 'Production', { live: true })
    await page.getByRole('radio', { name: 'Enterprise' }).check()
    await member.authenticator.setUserVerified(false)
    await button(page, 'Create key').click()
    await expect(page.getByRole('main').getByRole('alert')).toContainText(/refused at once|dialogue was closed/)
    await expect(page.getByTestId('secret')).toHaveCount(0)
    await member.authenticator.setUserVerified(true)
    await button(page, 'Create key').click()
    const secret = await store(page)
    expect(secret).toMatch(/^sk_live_/)
    await expect(page).toHaveURL(/environment=live/)
    await expect(page.getByRole('list', { name: 'Live keys' }).getByRole('heading')).toHaveCount(1)
    await expect(page.getByRole('listitem').filter({ hasText: 'Production' }).first()).toContainText('Tierenterprise')
    expect(await tenantOf(request, secret)).toMatchObject({ status: 200, body: { environment: 'live' } })

    await page.getByRole('link', { name: 'Production' }).click()
    await expect(page.getByRole('link', { name: 'Open in Playground' })).toHaveCount(0)
    await button(page, 'Revoke').click()
    await page.getByRole('textbox', { name: 'Type the key’s name to confirm' }).fill('Production')
    await member.authenticator.setUserVerified(false)
    await button(page, 'Revoke key').click()
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText(/refused at once|dialogue was closed/)
    expect(await tenantOf(request, secret)).toMatchObject({ status: 200 })
    await member.authenticator.setUserVerified(true)
    await button(page, 'Revoke key').click()
    await expect(page.getByRole('region', { name: 'Facts' })).toContainText('Revoked')
    expect((await tenantOf(request, secret)).status).toBe(401)
  })

  test('a key that is not there is said to be so', async ({ page, member: _ }) => {
    await page.goto('/console/keys/000000000000')
    await expect(page.getByRole('main').getByRole('alert')).toContainText('Not found')
  })
})

test('a test key goes along into the Playground, in this tab only', async ({ page, playground, member }) => {
  await fillIn(page, 'Laptop')
  await button(page, 'Create key').click()
  const secret = (await page.getByTestId('secret').textContent()) ?? ''
  await page.getByRole('link', { name: 'Open in Playground' }).click()
  await expect(page).toHaveURL(/\/playground$/)
  await expect(playground.apiKey).toHaveValue(secret)
  await expect(playground.tenant).toContainText(member.tenant.name)
  await page.goto('/console/keys')
  await page.getByRole('link', { name: 'e2e' }).click()
  await expect(page.getByRole('link', { name: 'Open in Playground' })).toHaveAccessibleDescription(
    /Paste the key there/,
  )
})

test('an environment without a key explains what a key is', async ({ page, member: _ }) => {
  await page.getByRole('navigation', { name: 'Environment' }).getByRole('link', { name: 'Live' }).click()
  await expect(page).toHaveURL(/\/console\/keys\?environment=live$/)
  await expect(page.getByRole('heading', { name: 'No live key yet' })).toBeVisible()
  await page.getByRole('link', { name: 'Create New Key' }).click()
  await expect(page.getByRole('radio', { name: 'Live' })).toBeChecked()
})
