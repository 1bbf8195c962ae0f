import { Client } from '#lib/sdk/client.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { expect, test } from './console.ts'
import { sound, soundInBoth } from './sound.ts'

test('a new tenant is taught and given its first button; then the page tells what happened, why not, and the way to mend it', async ({
  page,
  member: { tenant },
}) => {
  test.slow()
  const main = page.getByRole('main')
  const steps = main.getByRole('region', { name: 'Getting started' })
  await expect(main.getByRole('heading', { name: 'From an API key to a token' })).toBeVisible()
  await expect(main.getByRole('link', { name: 'Open the Playground', exact: true })).toHaveCount(1)
  await expect(steps).toContainText('1 of 6')
  await expect(main.getByRole('region', { name: 'From begin to token' })).toHaveCount(0)
  await soundInBoth(page, 'new')
  await page.goto('/console?environment=live')
  await expect(main.getByRole('link', { name: 'Make a live key' })).toBeVisible()

  const baseUrl = process.env.BASE_URL ?? ''
  const authenticator = new SoftwareAuthenticator({ origin: baseUrl })
  const { passkeys } = new Client({ apiKey: tenant.key, baseUrl })
  await passkeys.register({ username: 'ada' }, { credential: (options) => authenticator.create(options) })
  await passkeys.signIn({ username: 'ada' }, { credential: (options) => authenticator.get(options) })
  const elsewhere = { clientData: { origin: 'https://app.acme.example' } }
  await passkeys
    .signIn({ username: 'ada' }, { credential: (options) => authenticator.get(options, elsewhere) })
    .catch(({ code }) => expect(code).toBe('verification_failed'))

  await page.goto('/console')
  const figures = main.getByLabel('Figures')
  await expect(figures).toContainText('Sign-ins1none before')
  await expect(figures).toContainText('Registrations1')
  await expect(figures).toContainText('50 %')
  await expect(figures.getByRole('link', { name: 'origin not allowed' })).toHaveAttribute(
    'href',
    '/console/logs?operation=passkeys.authenticate.finish&reason=origin',
  )
  const funnel = main.getByRole('region', { name: 'From begin to token' })
  await expect(funnel).toContainText('Begun2Answered2Verified1')
  await expect(funnel.getByRole('listitem')).toHaveText([/^Origin not allowed.*app\.acme\.example1$/])
  await expect(main.getByRole('img', { name: /^Sign-ins by hour: 1 accepted/ })).toBeVisible()
  await expect(main.getByRole('list', { name: 'Newest users' }).getByRole('listitem')).toContainText(['ada'])
  await expect(steps).toContainText('2 of 6')
  await expect(steps.getByRole('link', { name: 'Choose', exact: true })).toBeVisible()
  await soundInBoth(page, 'begun')
  await page.getByRole('radio', { name: '7 days' }).check()
  await expect(page).toHaveURL(/\?range=7d$/)
  await expect(main.getByRole('img', { name: /^Sign-ins by day: 1 accepted/ })).toBeVisible()
  await page.setViewportSize({ width: 390, height: 844 })
  await sound(page, 'on a phone')
  await funnel.getByRole('link', { name: 'Allow app.acme.example…' }).click()
  await expect(page).toHaveURL(/\/console\/relying-party\?allow=https%3A%2F%2Fapp\.acme\.example$/)
})
