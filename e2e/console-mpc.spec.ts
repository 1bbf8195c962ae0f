import type { Page } from '@playwright/test'
import { Client } from '#lib/sdk/client.ts'
import { memoryShares } from '#lib/sdk/mpc/index.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { expect, goTo, refused, test } from './console.ts'
import { tabTo } from './focus.ts'
import { looks, sound } from './sound.ts'
import type { Tenant } from './tenant.ts'

const message = new TextEncoder().encode('Pay 12.50 USDC to Globex')

/** A user of a tenant's, with a key at the MPC server that their token alone signs with. */
async function newKey(page: Page, tenant: Tenant, username: string, label: string) {
  const baseUrl = new URL(page.url()).origin
  const client = new Client({ apiKey: tenant.key, baseUrl })
  const authenticator = new SoftwareAuthenticator({ origin: baseUrl })
  await client.passkeys.register({ username }, { credential: (options) => authenticator.create(options) })
  const credential = (options: Parameters<SoftwareAuthenticator['get']>[0]) => authenticator.get(options)
  const { token } = await client.passkeys.signIn({ username }, { credential })
  const mpc = client.mpc({ token, shares: memoryShares() })
  const key = await mpc.keys.generate({ label, policy: { approval: 'never', maxPerHour: 20 } })
  return { mpc, key }
}

test('a member finds a user’s key, freezes it, and unfreezes it with their passkey; the log says so', async ({
  page,
  member: { name, tenant },
}) => {
  test.slow()
  await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'MPC keys' }).click()
  await expect(page.getByRole('region', { name: 'No MPC key yet' })).toContainText('open its MPC tab')

  const { mpc, key } = await newKey(page, tenant, 'ada', 'Treasury')
  await newKey(page, tenant, 'bob', 'Payroll')
  await page.reload()
  await expect(page.getByRole('status').filter({ hasText: '2 keys' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Search' }).fill('ADA')
  await expect(page.getByRole('listitem').filter({ hasText: 'Payroll' })).toHaveCount(0)
  const card = page.getByRole('list', { name: 'Keys of ada' }).getByRole('listitem')
  await expect(card).toContainText(key.address)
  await expect(card).toContainText('Any 2 of device, server and recovery sign together; one alone signs nothing.')
  await expect(card).toContainText('20 an hour at most')
  await card.getByRole('link', { name: 'Treasury' }).click()

  await expect(page.getByRole('region', { name: 'Facts' })).toContainText(key.id)
  await page.getByRole('button', { name: 'Freeze', exact: true }).click()
  await expect(page.getByText('Frozen. It signs nothing from now on.')).toBeVisible()
  await expect(page.getByRole('note')).toContainText('device and recovery can still take the key out, offline')
  await expect(mpc.sign(key.id, message)).rejects.toMatchObject({ reason: 'key_frozen' })
  await page.getByRole('button', { name: 'Unfreeze' }).click()
  await expect(page.getByText('Unfrozen. It signs again.')).toBeVisible()
  expect((await mpc.sign(key.id, message)).signature).toHaveLength(64)

  await page.getByRole('link', { name: 'In the audit log' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Audit' })).toBeVisible()
  // The MPC server tells of it in a moment.
  await expect(async () => {
    await page.reload()
    const unfroze = page.getByRole('button', { name: `${name} unfroze an MPC key: Treasury` })
    await expect(unfroze).toBeVisible({ timeout: 2_000 })
  }).toPass()
  await expect(page.getByRole('button', { name: `${name} froze an MPC key: Treasury` })).toBeVisible()
  await expect(page.getByRole('button', { name: 'The user ada made an MPC key: Treasury' })).toBeVisible()
})

for (const [look, options] of looks) {
  test.describe(look, () => {
    test.use({ ...options, expectedErrors: refused(404, 503) })

    test('the pages are accessible, and the keyboard alone freezes a key', async ({ page, member: { tenant } }) => {
      test.slow()
      await page.goto('/console/mpc-keys')
      await expect(page.getByRole('region', { name: 'No MPC key yet' })).toBeVisible()
      await sound(page, 'empty')
      const { mpc, key } = await newKey(page, tenant, 'ada', 'Treasury')
      await page.reload()
      const open = page.getByRole('link', { name: 'Treasury' })
      await expect(open).toBeVisible()
      await sound(page, 'keys')
      await tabTo(page, open)
      await page.keyboard.press('Enter')
      const freeze = page.getByRole('button', { name: 'Freeze', exact: true })
      await expect(freeze).toBeVisible()
      await tabTo(page, freeze)
      await page.keyboard.press('Enter')
      await expect(page.getByRole('button', { name: 'Unfreeze' })).toBeFocused()
      await expect(mpc.sign(key.id, message)).rejects.toMatchObject({ reason: 'key_frozen' })
      await sound(page, 'frozen')
      await page.goto(`/console/mpc-keys/${key.id}?environment=live`)
      await expect(page.getByRole('main').getByRole('alert')).toContainText('Not found')
      const away = { code: 'unavailable', title: 'Not ready', detail: 'There is no MPC server here.', status: 503 }
      await page.route(/\/console\/api\/mpc-keys\?/, (route) => route.fulfill({ status: 503, json: away }))
      await goTo(page, 'MPC keys')
      await expect(page.getByRole('main').getByRole('alert')).toContainText('Everything else in the Console works')
      await sound(page, 'away')
      await goTo(page, 'Keys')
      await expect(page.getByText('No live key yet')).toBeVisible()
    })
  })
}
