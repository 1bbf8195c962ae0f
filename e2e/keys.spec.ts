import { callsOf } from './calls.ts'
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

  test('that is revoked while the page is open stops at the next press', async ({ tenant, registered: playground }) => {
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
    await expect(page.locator('button.bg-fill')).toHaveCount(invites)
    await expect(page.getByText(invites ? 'Press Register.' : 'take a key that does', { exact: false })).toBeVisible()
    await playground.expectState('idle')
  })
}

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
