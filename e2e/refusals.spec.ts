import type { Route } from '@playwright/test'
import { Client } from '#lib/sdk/client.ts'
import { expect, refused, test } from './fixtures.ts'
import { hurryStopwatch, stopStopwatch } from './stopwatch.ts'

test('without user verification, high assurance registers nothing, and the reasons stand beside what helps', async ({
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
  await stopStopwatch(page)
  await playground.register.click()
  await playground.expectFailure(
    /^The authenticator refused at once, after \d+ ms/,
    'No dialogue was shown, so nobody closed one',
    'Go through the reasons from the top',
  )
  await expect(playground.status).not.toContainText('closed after')
  expect(await playground.lastResult()).toMatchObject({ code: 'NotAllowedError' })
  await expect(page.getByText('It ended here').filter({ visible: true })).toHaveText(/refused at once/)
  expect(await authenticator.credentials()).toHaveLength(0)
  expect(finished).toEqual([])
  await authenticator.setUserVerified(true)
  const again = page.waitForRequest('**/register/begin')
  const reason = page.getByRole('listitem').filter({ hasText: 'It cannot verify the person', visible: true })
  await reason.getByRole('button', { name: 'Try with User verification preferred' }).click()
  expect((await again).postDataJSON().options.authenticatorSelection).toMatchObject({ userVerification: 'preferred' })
  await expect(playground.status).toContainText('ada has a passkey')
  await expect(playground.preset('High assurance')).not.toBeChecked()
})

test('a dialogue that a person had time to close is grey: nobody refused anything', async ({
  page,
  tenant,
  playground,
  authenticator,
}) => {
  await authenticator.setUserVerified(false)
  await playground.open(tenant.key, 'ada')
  await playground.preset('High assurance').check()
  await hurryStopwatch(page)
  await playground.register.click()
  await playground.expectFailure(
    /^The browser’s dialogue was closed after \d/,
    'the authenticator said no',
    'Press Register again',
  )
  await expect(playground.step('Register')).toHaveText(/Registerrun \d+, dialogue closed$/)
  await expect(playground.step('Register')).toHaveAttribute('aria-current', 'step')
})

test('a ceremony that nobody answers ends with its timeout, in words', async ({
  tenant,
  playground,
  authenticator,
}) => {
  await authenticator.setPresence(false)
  await playground.open(tenant.key, 'ada')
  await playground.openOptions()
  await playground.options('Registration').getByRole('textbox', { name: 'Timeout' }).fill('1000')
  await playground.register.click()
  await playground.expectFailure('Nobody answered in time', /waited \d+(\.\d)?\ss/, 'Press the button again')
  expect(await playground.lastResult()).toMatchObject({ code: 'NotAllowedError' })
  await expect(playground.reasons).toHaveText([/within 1\.0\ss, the Timeout that was set/])
  await authenticator.setPresence(true)
  await playground.reasons.getByRole('button', { name: 'Try with Timeout unset' }).click()
  await expect(playground.status).toContainText('ada has a passkey')
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

test('another button replaces the ceremony that waits', async ({ authenticator, registered: playground }) => {
  await authenticator.setPresence(false)
  await playground.authenticate.click()
  await expect(playground.status).toContainText('Waiting for your authenticator')
  await authenticator.setPresence(true)
  await playground.signIn.click()
  await expect(playground.status).toContainText('ada is signed in')
})

test.describe('an unknown user', () => {
  test.use({ expectedErrors: refused(404) })

  test('is told to register first, by a button that does', async ({ page, tenant, playground, authenticator: _ }) => {
    await playground.open(tenant.key, 'nobody')
    await expect(playground.tenant).toContainText(tenant.name)
    await playground.authenticate.click()
    await playground.expectFailure(
      `nobody has no passkey at ${tenant.name}`,
      'the same name elsewhere is somebody else',
      'Press Register first',
    )
    expect(await playground.lastResult()).toMatchObject({ code: 'user_unknown', status: 404 })
    await page.getByRole('button', { name: 'Make a passkey for nobody' }).click()
    await expect(playground.status).toContainText('nobody has a passkey')
  })
})

test.describe('a username that nobody new may have', () => {
  test.use({ expectedErrors: refused(400) })

  test('is refused with the server’s reason', async ({ tenant, playground, authenticator: _ }) => {
    await playground.open(tenant.key, 'Ada  Lovelace')
    await playground.register.click()
    await playground.expectFailure('The server does not accept this request', /username/i, 'Change what it names')
    await expect(playground.username).toHaveAccessibleDescription(/white space that is no single space/)
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

  test('takes nothing away but what was not loaded yet, and that comes when it is asked for again', async ({
    page,
    context,
    tenant,
    playground,
    authenticator: _,
  }) => {
    await playground.open(tenant.key, 'ada')
    await expect(playground.tenant).toContainText(tenant.name)
    await context.setOffline(true)
    await playground.register.click()
    await playground.show('Passkeys')
    await expect(playground.panel).toContainText('This part could not be loaded')
    await context.setOffline(false)
    await page.getByRole('button', { name: 'Load it again' }).click()
    await expect(playground.panel).toContainText('Sign in to see your passkeys')
    await playground.registers()
  })
})

for (const { what, words, answer } of [
  {
    what: 'a server that is gone',
    words: ['The server could not be reached', 'The authenticator did its part', 'Check that the server runs'],
    answer: (route: Route) => route.abort(),
  },
  {
    what: 'an answer that is a page',
    words: ['The server’s answer could not be read', 'The authenticator did its part', 'Try again'],
    answer: (route: Route) => route.fulfill({ contentType: 'text/html', body: '<p>Sign in to this network' }),
  },
] as const) {
  test.describe('after the dialogue', () => {
    test.use({ expectedErrors: [/ERR_FAILED/] })

    test(`${what} is not put down to the options`, async ({ page, tenant, playground, authenticator: _ }) => {
      await playground.open(tenant.key, 'ada')
      await playground.openOptions()
      await playground.sheet.getByRole('switch', { name: 'credProps of the registration' }).check()
      await page.route('**/register/finish', answer)
      await playground.register.click()
      const [happened, why, todo] = words
      await playground.expectFailure(happened, why, todo)
      await expect(playground.status).not.toContainText(/option|Extensions/)
      await page.unroute('**/register/finish')
      await playground.username.fill('grace')
      await playground.registers()
    })
  })
}

test('what get() does not support is explained by what get() has', async ({ page, registered: playground }) => {
  await playground.openOptions()
  await playground.sheet.getByRole('radio', { name: 'Authentication' }).check()
  await playground.json.fill('{ "extensions": { "credProps": true } }')
  await playground.authenticate.click()
  await playground.expectFailure(
    'The browser does not support this request for a sign-in',
    'Its extensions, or the call itself, can be at fault',
    'Go through the reasons from the top',
  )
  expect(await playground.lastResult()).toMatchObject({ code: 'NotSupportedError' })
  await expect(playground.status).not.toContainText(/algorithm|pubKeyCredParams/i)
  await expect(page.getByRole('listitem').filter({ hasText: 'It asks for credProps', visible: true })).toBeVisible()
  await page.getByRole('button', { name: 'Go to Extensions' }).click()
  await expect(playground.sheet.getByRole('switch', { name: 'prf of the sign-in' })).toBeFocused()
})

for (const { place, headers, why, help } of [
  {
    place: 'a page without permission',
    headers: { 'permissions-policy': 'publickey-credentials-get=()' },
    why: /permission policy .* forbids publickey-credentials-get/,
    help: 'Look at this browser',
  },
  {
    place: 'a frame without permission',
    headers: { 'content-security-policy': '', 'x-frame-options': '' },
    why: /in a frame of another site.*allow="publickey-credentials-get"/,
    help: /^Open /,
  },
]) {
  test.describe(place, () => {
    test.use({ expectedErrors: [/permissions? policy/i] })

    test('is told as the one reason, with what helps', async ({ page, tenant, playground, authenticator: _ }) => {
      await playground.open(tenant.key, 'ada')
      await playground.registers()
      const address = new URL('/playground', page.url()).href
      await page.route('**/playground*', async (route) => {
        const response = await route.fetch()
        const changed = Object.entries({ ...response.headers(), ...headers }).filter(([, value]) => value)
        await route.fulfill({ response, headers: Object.fromEntries(changed) })
      })
      await page.route('http://framing.localhost/', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: `<iframe src="${address}" width="1200" height="900"></iframe>`,
        }),
      )
      const framed = place.includes('frame')
      await page.goto(framed ? 'http://framing.localhost/' : address)
      const within = framed ? page.frameLocator('iframe') : page
      await within.getByRole('textbox', { name: 'API key' }).fill(tenant.key)
      await within.getByRole('textbox', { name: 'Username' }).fill('ada')
      await within.getByRole('button', { name: 'Authenticate' }).click()
      const reason = within.getByRole('listitem').filter({ hasText: why, visible: true })
      await expect(reason).toBeVisible()
      await expect(
        reason.getByRole('link', { name: help }).or(reason.getByRole('button', { name: help })),
      ).toBeVisible()
    })
  })
}

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
