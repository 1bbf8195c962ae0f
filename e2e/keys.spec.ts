import type { Page } from '@playwright/test'
import { expect, refused, test } from './fixtures.ts'

test('a button without a key says what is missing, and takes one there', async ({ playground }) => {
  await playground.open()
  for (const button of [playground.register, playground.authenticate, playground.signIn]) {
    await button.click()
    await expect(playground.apiKey).toBeFocused()
    await expect(playground.apiKey).toHaveAccessibleDescription(/Enter an API key first/)
    await playground.expectState('idle')
  }
})

test('a button without a username says what is missing, and takes one there', async ({ tenant, playground }) => {
  await playground.open(tenant.key)
  for (const button of [playground.register, playground.authenticate]) {
    await button.click()
    await expect(playground.username).toBeFocused()
    await expect(playground.username).toHaveAccessibleDescription(/Enter a username first/)
    await playground.expectState('idle')
  }
  await playground.username.fill('ada')
  await expect(playground.username).toHaveAccessibleDescription('any name will do')
})

test('a name that is missing or cannot be right is put right by a button in the error', async ({
  page,
  tenant,
  playground,
}) => {
  const makeUp = page.getByRole('button', { name: 'Make up a name' })
  await playground.open(tenant.key)
  await expect(makeUp).toHaveCount(0)
  await playground.register.click()
  for (const text of ['', 'a'.repeat(65)]) {
    if (text) await playground.username.fill(text)
    await makeUp.click()
    await expect(playground.username).toHaveValue(/^demo-/)
    await expect(playground.username).toHaveAccessibleDescription('any name will do')
    await expect(makeUp).toHaveCount(0)
  }
})

/** The calls of the API that a page has sent. */
function callsOf(page: Page): string[] {
  const calls: string[] = []
  page.on('request', (request) => request.url().includes('/v1/') && calls.push(request.url()))
  return calls
}

/** A key with one letter of its secret mistyped. */
function mistyped(key: string): string {
  return key.slice(0, 30) + (key[30] === 'x' ? 'y' : 'x') + key.slice(31)
}

test.describe('what cannot be a key', () => {
  for (const [what, write, words] of [
    ['begins otherwise', () => 'hello', /begins with sk_test_ or sk_live_/],
    ['is longer', (key) => `${key}x`, /1 character too long/],
    ['has a space in it', () => 'sk_test_abc def', /no spaces/],
    ['has a letter that no key has', () => 'sk_test_abc-def', /12 letters or digits/],
    ['has a wrong letter', mistyped, /checksum does not fit/],
  ] as [string, (key: string) => string, RegExp][]) {
    test(`since it ${what}, is told so while it is typed, and never sent`, async ({ page, tenant, playground }) => {
      const calls = callsOf(page)
      await playground.open(write(tenant.key), 'ada')
      await expect(playground.apiKey).toHaveAccessibleDescription(words)
      await expect(playground.apiKey).toHaveAttribute('aria-invalid', 'true')
      for (const button of [playground.register, playground.authenticate, playground.signIn]) {
        await playground.username.focus()
        await button.click()
        await expect(playground.apiKey).toBeFocused()
        await expect(playground.apiKey).toHaveAccessibleDescription(words)
        await playground.expectState('idle')
      }
      expect(calls).toEqual([])
      await playground.apiKey.fill(tenant.key)
      await expect(playground.tenant).toBeVisible()
      await expect(playground.apiKey).not.toHaveAttribute('aria-invalid')
    })
  }

  test('since it is short, is told so once it is left or a button is pressed, not before', async ({
    page,
    tenant,
    playground,
  }) => {
    const calls = callsOf(page)
    await playground.open(undefined, 'ada')
    await playground.apiKey.focus()
    for (const letter of tenant.key.slice(0, 24)) {
      await page.keyboard.type(letter)
      await expect(playground.apiKey).not.toHaveAttribute('aria-invalid')
    }
    await page.keyboard.press('Tab')
    await expect(playground.apiKey).toHaveAccessibleDescription(/46 characters too short/)
    await expect(playground.apiKey).toHaveAttribute('aria-invalid', 'true')
    await playground.apiKey.press('End')
    await page.keyboard.type(tenant.key.slice(24, 25))
    await expect(playground.apiKey).not.toHaveAttribute('aria-invalid')
    await playground.register.click()
    await expect(playground.apiKey).toBeFocused()
    await expect(playground.apiKey).toHaveAccessibleDescription(/45 characters too short/)
    await playground.expectState('idle')
    expect(calls).toEqual([])
  })
})

test('a name that is no username is told under the field, and not sent', async ({
  page,
  tenant,
  playground,
  authenticator,
}) => {
  await playground.open(tenant.key, '🔑'.repeat(65))
  await expect(playground.username).toHaveAccessibleDescription(/at most 64 characters; this one has 65/)
  await expect(playground.username).toHaveAttribute('aria-invalid', 'true')
  await expect(playground.tenant).toBeVisible()
  const calls = callsOf(page)
  for (const button of [playground.register, playground.authenticate]) {
    await button.click()
    await expect(playground.username).toBeFocused()
    await playground.expectState('idle')
  }
  await playground.username.fill('ada\u202e')
  await expect(playground.username).toHaveAccessibleDescription(/invisible or control character/)
  await playground.username.fill('Ada ')
  await expect(playground.username).not.toHaveAttribute('aria-invalid')
  await playground.register.click()
  await expect(playground.username).toHaveAccessibleDescription(/starts or ends with white space/)
  expect(calls).toEqual([])
  await playground.username.fill('e\u0301'.repeat(64))
  await expect(playground.username).not.toHaveAttribute('aria-invalid')
  await playground.registers()
  expect(await authenticator.credentials()).toHaveLength(1)
})

test('who has no key is told where keys come from', async ({ page, playground }) => {
  await playground.open()
  const create = page.getByRole('link', { name: 'create a key' })
  await expect(create).toHaveAttribute('href', '/console/keys')
})

test('the buttons stay where they are while a key is checked', async ({ page, tenant, playground }) => {
  await page.route('**/v1/tenant', async (route) => {
    await held
    await route.continue()
  })
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const top = async () => (await playground.register.boundingBox())?.y ?? 0
  await playground.open()
  const empty = await top()
  await playground.apiKey.fill(tenant.key)
  await expect.poll(top).toBeGreaterThan(empty + 100)
  const waiting = await top()
  release()
  await expect(playground.tenant).toBeVisible()
  // Less than half a button: a press that began before the answer still lands on it.
  expect(Math.abs((await top()) - waiting)).toBeLessThan(20)
})

test('the key is masked until somebody asks to see it', async ({ page, tenant, playground }) => {
  await playground.open(tenant.key)
  const security = () =>
    playground.apiKey.evaluate((field) => getComputedStyle(field).getPropertyValue('-webkit-text-security'))
  expect(await security()).toBe('disc')
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  expect(await security()).toBe('none')
  await page.getByRole('button', { name: 'Hide', exact: true }).click()
  expect(await security()).toBe('disc')
})

test.describe('a refused key', () => {
  test.use({ expectedErrors: refused(401, 403) })

  test('that is revoked is said to be so', async ({ tenant, playground }) => {
    await tenant.revokeKey(tenant.keyId)
    await playground.open(tenant.key, 'ada')
    await expect(playground.apiKey).toHaveAccessibleDescription(
      /does not accept this API key.*mistyped, revoked or expired/,
    )
    await playground.register.click()
    await playground.expectFailure('The server does not accept this API key', /mistyped/, /use a demo key/)
    expect(await playground.lastResult()).toMatchObject({ code: 'api_key_invalid', status: 401 })
  })

  test('that is revoked while the page is open stops at the next press', async ({
    tenant,
    playground,
    authenticator: _,
  }) => {
    await playground.open(tenant.key, 'ada')
    await playground.registers()
    await tenant.revokeKey(tenant.keyId)
    await playground.authenticate.click()
    await playground.expectFailure('The server does not accept this API key', /revoked/, /use a demo key/)
    await expect(playground.token).toHaveCount(0)
  })

  test('that lacks the scope is told which', async ({ tenant, playground, authenticator }) => {
    const { secret } = await tenant.addKey('passkeys:authenticate')
    await playground.open(secret, 'ada')
    await expect(playground.register).toHaveAccessibleDescription(/cannot register.*passkeys:register/)
    await playground.register.click()
    await playground.expectFailure('This key may not do that', 'passkeys:register', 'Use a key that holds the scope')
    expect(await playground.lastResult()).toMatchObject({ code: 'insufficient_scope', status: 403 })
    expect(await authenticator.credentials()).toHaveLength(0)
  })
})

for (const [scopes, lacking] of [
  ['passkeys:register', ['passkeys:authenticate']],
  ['passkeys:authenticate', ['passkeys:register']],
  ['usage:read', ['passkeys:register', 'passkeys:authenticate']],
  ['passkeys:register passkeys:authenticate', []],
] as const) {
  test(`a key with ${scopes} is told what it lacks before a button is pressed`, async ({
    page,
    tenant,
    playground,
  }) => {
    const { secret } = await tenant.addKey(scopes)
    await playground.open(secret, 'ada')
    await expect(playground.tenant).toBeVisible()
    for (const [button, scope] of [
      [playground.register, 'passkeys:register'],
      [playground.authenticate, 'passkeys:authenticate'],
      [playground.signIn, 'passkeys:authenticate'],
    ] as const) {
      await expect(button).toBeEnabled()
      const lacks = (lacking as readonly string[]).includes(scope)
      await expect(button).toHaveAccessibleDescription(lacks ? new RegExp(`does not hold .*${scope}.*make one`) : '')
    }
    // The blue button is one that can work.
    const invites = (lacking as readonly string[]).includes('passkeys:register') ? 0 : 1
    await expect(page.locator('button.bg-accent')).toHaveCount(invites)
    await expect(page.getByText(invites ? 'Press Register.' : 'take a key that does', { exact: false })).toBeVisible()
    await playground.expectState('idle')
  })
}

test.describe('a rate limit', () => {
  test.use({ expectedErrors: refused(429) })

  test('counts down on the buttons, which work again at its end', async ({ page, tenant, playground, baseURL }) => {
    await page.clock.install()
    await playground.open(tenant.key, 'nobody')
    await expect(playground.tenant).toBeVisible()
    let status = 200
    while (status === 200) {
      const answer = await fetch(`${baseURL}/v1/tenant`, { headers: { Authorization: `Bearer ${tenant.key}` } })
      status = answer.status
    }
    expect(status).toBe(429)
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

  test('that meets the key itself is waited for, and then the key is asked about again', async ({
    page,
    tenant,
    playground,
    baseURL,
  }) => {
    let status = 200
    while (status === 200) {
      const answer = await fetch(`${baseURL}/v1/tenant`, { headers: { Authorization: `Bearer ${tenant.key}` } })
      status = answer.status
    }
    await page.clock.install()
    await playground.open(tenant.key, 'ada')
    await expect(playground.apiKey).toHaveAccessibleDescription(/Too many requests with this key/)
    await expect(playground.register).toHaveText(/^Register\d+ s$/)
    const again = page.waitForRequest('**/v1/tenant')
    await page.clock.runFor(61_000)
    await again
  })
})

test('a live key gets a plain warning, and still works', async ({ tenant, playground, authenticator: _ }) => {
  const { secret } = await tenant.addKey('passkeys:register passkeys:authenticate', 'live')
  await playground.open(secret, 'ada')
  await expect(playground.tenant.getByRole('note')).toContainText('A live key does not belong in a browser')
  await playground.registers()
  await playground.authenticates()
  expect(await playground.claims()).toMatchObject({ environment: 'live', aud: 'mpc-server' })
  await playground.show('Checks')
  await expect(playground.panel).toContainText('A live environment keeps its checks to itself')
})

test('a key that can administer the tenant gets a plain warning', async ({ tenant, playground }) => {
  const { secret } = await tenant.addKey('passkeys:register keys:manage webhooks:manage')
  await playground.open(secret)
  const warning = playground.tenant.getByRole('note')
  await expect(warning).toContainText('This key can administer the tenant')
  await expect(warning).toContainText('keys:manage, webhooks:manage')
  await expect(playground.tenant).toContainText('2 for administration')
})

test('the demo keys’ menu works by keyboard alone', async ({ page, playground }) => {
  await playground.open()
  await playground.demoKeys.focus()
  await page.keyboard.press('ArrowDown')
  const [acme, globex] = [
    page.getByRole('menuitem', { name: 'Acme Wallet' }),
    page.getByRole('menuitem', { name: 'Globex Pay' }),
  ]
  await expect(acme).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(globex).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(acme).toBeFocused()
  await page.keyboard.press('End')
  await expect(globex).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(globex).toHaveCount(0)
  await expect(playground.demoKeys).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(playground.tenant).toContainText('Globex Pay')
  await expect(playground.demoKeys).toBeFocused()
})
