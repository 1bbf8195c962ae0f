import { VirtualAuthenticator } from '#lib/testing/playwright.ts'
import { expect, test } from './fixtures.ts'
import { soundInBoth } from './sound.ts'

test('the compatibility test goes through its sixteen steps, reports, and leaves nothing', async ({
  page,
  tenant,
  playground,
}) => {
  test.slow()
  const authenticator = await VirtualAuthenticator.attach(page, { hasPrf: true })
  const { secret } = await tenant.addKey('passkeys:register passkeys:authenticate passkeys:manage')
  await playground.open(secret)
  await expect(playground.tenant).toContainText(tenant.name)
  await page.getByRole('button', { name: 'This browser', exact: true }).click()
  const panel = page.getByRole('dialog', { name: 'This browser' })
  await panel.getByRole('tab', { name: 'Compatibility test' }).click()
  const rows = panel.getByRole('list', { name: 'Steps of the compatibility test' }).getByRole('listitem')
  await expect(rows).toHaveCount(16)
  const row = (number: number) => rows.nth(number - 1)

  for (let number = 1; number <= 16; number++) {
    await expect(row(number)).toHaveAttribute('aria-current', 'step')
    await panel.getByRole('button', { name: `Run step ${number}`, exact: true }).click()
    await expect(row(number)).toContainText(/As the specification says|Not supported|Differs|Skipped|Not answered/)
    if (number === 5) {
      await panel.getByRole('button', { name: 'Stop the test' }).click()
      await expect(panel.getByTestId('compatibility-status')).toContainText('Stopped before step 6.')
      await panel.getByRole('button', { name: 'Close' }).click()
      await page.getByRole('button', { name: 'This browser', exact: true }).click()
      await panel.getByRole('tab', { name: 'Compatibility test' }).click()
      await expect(row(5)).toContainText('As the specification says')
    }
  }
  for (const number of [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16]) {
    await expect(row(number)).toContainText('As the specification says')
  }
  // Chromium's virtual authenticator verifies whoever makes a passkey, and at sign-in only whom it is asked to.
  await expect(row(4)).toContainText('Differs')
  await expect(row(12)).toContainText('Not supported')
  await expect(panel.getByTestId('compatibility-status')).toContainText('Done.')
  await soundInBoth(page, 'compatibility report')

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await panel.getByRole('button', { name: 'Copy report as JSON' }).click()
  const report = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))
  expect(report.steps).toHaveLength(16)
  expect(report.authenticators[0]).toMatchObject({ provider: 'Chromium virtual authenticator' })
  expect(JSON.stringify(report)).not.toMatch(/sk_test_|compatibility-|eyJ/)
  await panel.getByRole('button', { name: 'Remove its passkeys' }).click()
  await expect(panel.getByText('The server keeps no passkey of this test.')).toBeVisible()
  expect(await authenticator.credentials()).toHaveLength(0)
})

test('a step is skipped, and one that needs its passkey says so', async ({
  page,
  tenant,
  playground,
  authenticator: _,
}) => {
  await playground.open(tenant.key)
  await expect(playground.tenant).toContainText(tenant.name)
  await page.getByRole('button', { name: 'This browser', exact: true }).click()
  const panel = page.getByRole('dialog', { name: 'This browser' })
  await panel.getByRole('tab', { name: 'Compatibility test' }).click()
  for (const number of [1, 2]) await panel.getByRole('button', { name: `Skip step ${number}`, exact: true }).click()
  await panel.getByRole('button', { name: 'Run step 3', exact: true }).click()
  const rows = panel.getByRole('list', { name: 'Steps of the compatibility test' }).getByRole('listitem')
  await expect(rows.nth(2)).toContainText('It needs the passkey of an earlier step')
  await panel.getByRole('button', { name: 'Stop the test' }).click()
  await expect(panel.getByTestId('compatibility-status')).toContainText('Skipped: 3.')
  await panel.getByRole('button', { name: 'Resume at step 4' }).click()
  await expect(panel.getByRole('button', { name: 'Run step 4' })).toBeVisible()
})
