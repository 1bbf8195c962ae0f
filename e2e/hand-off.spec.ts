import { Client } from '#lib/sdk/client.ts'
import { PlaygroundPage, VirtualAuthenticator } from '#lib/testing/playwright.ts'
import { expect, test } from './fixtures.ts'
import { scanned } from './qr.ts'
import { sound, soundInBoth } from './sound.ts'

test('a code on the screen gives the first phone the tenant, the options and the username with a key of its own, and the second is told kindly', async ({
  page,
  context,
  browser,
  tenant,
  playground,
}) => {
  test.slow()
  await playground.open(tenant.key, 'ada')
  await playground.preset('High assurance').check()
  const button = page.getByRole('button', { name: 'QR for the room' })
  await button.click()
  const dialog = page.getByRole('dialog', { name: 'A code for one phone in the room' })
  await expect(dialog).toContainText('Ready to be scanned')
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const copied = async () => {
    await dialog.getByRole('button', { name: 'Copy the code’s address' }).click()
    await expect(dialog).toContainText('Copied')
    return page.evaluate(() => navigator.clipboard.readText())
  }
  const url = await copied()
  await expect(dialog.getByRole('timer')).toHaveText(/^[45]:\d\d$/)
  for (const said of [tenant.name, 'ada', 'High assurance', 'A phone cannot open this address'])
    await expect(dialog).toContainText(said)
  expect(await dialog.innerHTML()).not.toContain(tenant.key)

  // What the camera sees is the address, and that has the code behind its # alone.
  const seen = dialog.getByRole('img', { name: 'QR code that opens this page on a phone' })
  expect(await scanned(seen)).toBe(url)
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await scanned(seen)).toBe(url)
  const { hash, search } = new URL(url)
  expect([hash, search]).toEqual([expect.stringMatching(/^#hand-off=[\w-]{43}$/), ''])
  await soundInBoth(page, 'code')

  const newPhone = async () =>
    (await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })).newPage()
  const phone = await newPhone()
  await VirtualAuthenticator.attach(phone, { transport: 'internal' })
  await phone.goto(url)
  const onPhone = new PlaygroundPage(phone)
  const arrival = phone.getByRole('region', { name: 'Hand-off' })
  await expect(arrival).toContainText(`${tenant.name} is on this phone now`)
  await expect(onPhone.tenant).toContainText(tenant.id)
  await expect(onPhone.username).toHaveValue('ada')
  await expect(onPhone.preset('High assurance')).toBeChecked()
  const key = await onPhone.apiKey.inputValue()
  expect(key).toMatch(/^sk_test_/)
  expect(key).not.toBe(tenant.key)
  await expect(phone.getByRole('button', { name: 'QR for the room' })).toHaveCount(0)
  await soundInBoth(phone, 'arrived')
  await onPhone.registers()
  await onPhone.authenticates()
  expect(await onPhone.claims()).toMatchObject({ providerTenantId: tenant.id })
  const kept = await phone.evaluate(() =>
    [location.href, JSON.stringify(history.state), JSON.stringify(sessionStorage), JSON.stringify(localStorage)].join(
      ' ',
    ),
  )
  for (const secret of [hash.slice(-43), key]) expect(kept).not.toContain(secret)

  await expect(dialog).toContainText('A phone has taken it', { timeout: 30_000 })
  await soundInBoth(page, 'taken')

  const second = await newPhone()
  await second.goto(url)
  const told = second.getByRole('region', { name: 'Hand-off' })
  await expect(told).toContainText('This code was used already')
  await expect(told).toContainText('Ask for a new code')
  expect(second.url()).not.toContain('hand-off')
  await expect(new PlaygroundPage(second).apiKey).toHaveValue('')
  await soundInBoth(second, 'used')
  await told.getByRole('button', { name: 'Close the hand-off' }).click()
  await expect(told).toHaveCount(0)

  // A new code ends the one before it, also where the code was put away meanwhile.
  await dialog.getByRole('button', { name: 'New code' }).click()
  await expect(dialog).toContainText('Ready to be scanned')
  const replaced = await copied()
  expect(replaced).not.toBe(url)
  await page.keyboard.press('Escape')
  await expect(button).toBeFocused()
  await button.click()
  await expect(dialog).toContainText('Ready to be scanned')
  await second.goto(replaced)
  await expect(told).toContainText('another was made in its place. Scan the one that is on the screen now.')
})

test('a link takes nothing away from a page that has a key: what was there is kept, said, and put back at a press', async ({
  page,
  newTenant,
  playground,
}) => {
  const [own, host] = [await newTenant({ name: 'North Bank' }), await newTenant({ name: 'South Bank' })]
  const { url } = await new Client({ apiKey: host.key, baseUrl: process.env.BASE_URL }).handOffs.create({
    username: 'guest',
  })
  await playground.open(own.key, 'ada')
  await page.getByRole('checkbox', { name: 'Remember in this tab' }).check()
  await expect(playground.tenant).toContainText('North Bank')
  await page.evaluate((hash) => location.assign(hash), new URL(url).hash)
  const arrival = page.getByRole('region', { name: 'Hand-off' })
  await expect(arrival).toContainText('South Bank is on this phone now')
  await expect(arrival).toContainText('the key that this tab remembers comes back with a reload')
  await expect(playground.username).toHaveValue('guest')
  await expect(playground.tenant).toContainText('South Bank')
  expect(await page.evaluate(() => Object.values(sessionStorage).join(' '))).toContain(own.key)
  await sound(page, 'arrived beside a key')
  await arrival.getByRole('button', { name: 'Put it back' }).click()
  await expect(arrival).toHaveCount(0)
  await expect(playground.apiKey).toHaveValue(own.key)
  await expect(playground.username).toHaveValue('ada')
  await expect(page.getByRole('checkbox', { name: 'Remember in this tab' })).toBeChecked()
})
