import { Client } from '#lib/sdk/client.ts'
import { expect, refused, test } from './fixtures.ts'

test('without user verification, high assurance registers nothing', async ({
  page,
  tenant,
  playground,
  authenticator,
}) => {
  await authenticator.setUserVerified(false)
  await playground.open(tenant.key, 'ada')
  await playground.preset('High assurance').check()
  const finished: string[] = []
  page.on('request', (request) => request.url().includes('/finish') && finished.push(request.url()))
  await playground.register.click()
  await playground.expectFailure(
    'The browser’s dialogue was closed',
    'the authenticator said no',
    'Press Register again',
  )
  expect(await playground.lastResult()).toMatchObject({ code: 'NotAllowedError' })
  await expect(page.getByText('It ended here').filter({ visible: true })).toHaveText(
    /The browser’s dialogue was closed/,
  )
  expect(await authenticator.credentials()).toHaveLength(0)
  expect(finished).toEqual([])
  await authenticator.setUserVerified(true)
  await playground.registers()
})

test('a ceremony that nobody answers ends with its timeout, in words', async ({
  tenant,
  playground,
  authenticator,
}) => {
  await authenticator.setPresence(false)
  await playground.open(tenant.key, 'ada')
  await playground.openOptions()
  await playground.options('Registration').getByRole('spinbutton', { name: 'Timeout' }).fill('1000')
  await playground.register.click()
  await playground.expectFailure('Nobody answered in time', /waited \d+(\.\d)? s/, 'Press the button again')
  expect(await playground.lastResult()).toMatchObject({ code: 'NotAllowedError' })
})

test('Cancel ends the wait, and the next try works', async ({ page, tenant, playground, authenticator }) => {
  await authenticator.setPresence(false)
  await playground.open(tenant.key, 'ada')
  await playground.register.click()
  await expect(playground.status).toContainText('Waiting for your authenticator')
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await playground.expectFailure('Cancelled here', 'Nothing was changed', 'Press the button again')
  expect(await playground.lastResult()).toMatchObject({ code: 'AbortError' })
  await authenticator.setPresence(true)
  await playground.registers()
})

test('another button replaces the ceremony that waits', async ({ tenant, playground, authenticator }) => {
  await playground.open(tenant.key, 'ada')
  await playground.registers()
  await authenticator.setPresence(false)
  await playground.authenticate.click()
  await expect(playground.status).toContainText('Waiting for your authenticator')
  await authenticator.setPresence(true)
  await playground.signIn.click()
  await expect(playground.status).toContainText('ada is signed in')
})

test.describe('an unknown user', () => {
  test.use({ expectedErrors: refused(404) })

  test('is told to register first', async ({ tenant, playground, authenticator: _ }) => {
    await playground.open(tenant.key, 'nobody')
    await expect(playground.tenant).toContainText(tenant.name)
    await playground.authenticate.click()
    await playground.expectFailure(
      `nobody has no passkey at ${tenant.name}`,
      'the same name elsewhere is somebody else',
      'Press Register first',
    )
    expect(await playground.lastResult()).toMatchObject({ code: 'user_unknown', status: 404 })
  })
})

test.describe('a bad username', () => {
  test.use({ expectedErrors: refused(400) })

  test('is refused with the server’s reason', async ({ tenant, playground, authenticator: _ }) => {
    await playground.open(tenant.key, ' ada')
    await playground.register.click()
    await playground.expectFailure('The server does not accept this request', /username/i, 'Change what it names')
    await expect(playground.username).toHaveAccessibleDescription(/starts or ends with white space/)
  })
})

test.describe('a server that is gone', () => {
  test.use({ expectedErrors: [/ERR_INTERNET_DISCONNECTED/] })

  test('is said to be unreachable, and the same button works once it is back', async ({
    context,
    tenant,
    playground,
    authenticator: _,
  }) => {
    await playground.open(tenant.key, 'ada')
    await expect(playground.tenant).toContainText(tenant.name)
    await context.setOffline(true)
    await playground.register.click()
    await playground.expectFailure('The server could not be reached', /offline/, /press the button again/)
    await context.setOffline(false)
    await playground.registers()
  })
})

test.describe('a ceremony that is finished twice', () => {
  test('is refused the second time', async ({ page, tenant, playground, authenticator: _ }) => {
    await playground.open(tenant.key, 'ada')
    const finish = page.waitForRequest('**/register/finish')
    await playground.registers()
    const own = new Client({ apiKey: tenant.key, baseUrl: new URL(page.url()).origin })
    await expect(own.passkeys.register.finish((await finish).postDataJSON())).rejects.toMatchObject({
      code: 'ceremony_unknown',
    })
  })
})
