import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { scanned } from './qr.ts'
import { sound, soundInBoth } from './sound.ts'

const stage = (page: Page) => page.getByRole('dialog', { name: 'Present' })
/** What live regions of the stage come to say, from now on. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { said })
    const hear = (node: Node | null) => {
      const region = (node instanceof Element ? node : node?.parentElement)?.closest('dialog [aria-live]')
      const copy = region?.cloneNode(true) as Element | undefined
      // What ticks is hidden from those who listen.
      for (const silent of copy?.querySelectorAll('[aria-hidden]') ?? []) silent.remove()
      const text = copy?.textContent?.trim()
      if (text && said.at(-1) !== text) said.push(text)
    }
    new MutationObserver((changes) => {
      for (const { target } of changes) hear(target)
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  return () => page.evaluate('said') as Promise<string[]>
}

const tenantOnStage = (page: Page) => page.getByTestId('present-tenant')

test('a run is presented message by message to its tenant, then beside another tenant, without its key', async ({
  page,
  newTenant,
  playground,
  authenticator: _,
}) => {
  test.slow()
  const [north, south] = [await newTenant({ name: 'North Bank' }), await newTenant({ name: 'South Bank' })]
  await playground.open(north.key, 'ada')
  await playground.registers()
  await playground.authenticates()
  const present = page.getByRole('button', { name: 'Present', exact: true })
  const said = await listen(page)
  await present.press('Enter')

  const sentence = stage(page).getByRole('heading', { level: 2 })
  await expect(sentence).toHaveText('ada asks to be signed in.')
  // What lies behind is there for nobody: of each name there is one control.
  await expect(page.getByRole('button', { name: 'QR for the room' })).toHaveCount(1)
  await expect(page.getByRole('textbox', { name: 'API key' })).toHaveCount(0)
  const sentences: string[] = []
  for (let step = 1; step < 9; step++) {
    await expect(stage(page)).toContainText(`${step} of 9`)
    sentences.push((await sentence.textContent()) ?? '')
    await page.keyboard.press(step % 2 ? 'ArrowRight' : 'Space')
  }
  expect(new Set(sentences).size).toBe(8)
  await expect(tenantOnStage(page)).toHaveText('North Bank')
  await expect(stage(page)).toContainText(north.id)
  await expect(stage(page)).toContainText('Signature verified')
  // Each message is read out once, the first one, too.
  const heard = await said()
  expect(heard.slice(0, 9).map((text) => /^\d of 9\. (.+?\.)(?: |$)/.exec(text)?.[1])).toEqual([
    ...sentences,
    'ada is signed in to North Bank.',
  ])
  expect(heard.slice(9)).toEqual([expect.stringMatching(/^Signature verified/)])
  await soundInBoth(page, 'the end')

  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('b')
  const token = (await playground.token.textContent()) ?? ''
  const bytes = stage(page).getByRole('region', { name: 'Bytes' })
  await expect(bytes).toContainText('(a token)')
  await expect(bytes).not.toContainText(token.split('.').at(-1) ?? '')
  await soundInBoth(page, 'bytes')
  await page.keyboard.press('b')
  await page.keyboard.press('q')
  const code = page.getByRole('dialog', { name: /QR|room|phone/i })
  await expect(code).toContainText('Ready to be scanned')
  expect(await scanned(code.getByRole('img'))).toMatch(/\/playground#hand-off=[\w-]{43}$/)
  await soundInBoth(page, 'code')
  await page.keyboard.press('Escape')
  await expect(code).toBeHidden()
  await expect(stage(page)).toContainText('8 of 9')
  await page.keyboard.press('?')
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(keys).toContainText('The bytes of the message, or no longer')
  await page.keyboard.press('Escape')
  await expect(keys).toBeHidden()
  await page.keyboard.press('s')
  await expect(stage(page)).toContainText('1 of 17')
  await expect(sentence).toHaveText('ada asks for a passkey.')
  await soundInBoth(page, 'a message')

  await page.keyboard.press('2')
  await stage(page).getByLabel('Key of another tenant').fill(north.key)
  await page.keyboard.press('Enter')
  await expect(stage(page)).toContainText('This key is of the same tenant.')
  await stage(page).getByLabel('Key of another tenant').fill(south.key)
  await page.keyboard.press('Enter')
  const row = (claim: string) => stage(page).getByRole('row', { name: claim })
  await expect(row('providerTenantId')).toContainText(south.id)
  await expect(row('providerTenantId')).toHaveAttribute('data-differs', 'true')
  await expect(row('preferred_username')).toHaveAttribute('data-differs', 'false')
  await expect(stage(page).getByRole('columnheader')).toHaveText([/North Bank$/, /South Bank$/])
  expect((await said()).at(-1)).toMatch(
    /^One username, two tokens: of North Bank, and of South Bank\. They differ in .*sub\.$/,
  )
  await soundInBoth(page, 'side by side')
  expect(await page.content()).not.toContain(south.key)

  await page.keyboard.press('Escape')
  await expect(stage(page)).toBeHidden()
  await expect(present).toBeFocused()
  await expect(page.getByRole('textbox', { name: 'API key' })).toHaveCount(1)
})

test('an example plays without a key, an authenticator or the server, and says everywhere that it is one', async ({
  page,
  playground,
}) => {
  test.slow()
  await playground.open()
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/v1/')) asked.push(request.url())
  })
  await page.getByRole('button', { name: 'See an example' }).click()
  await expect(page.getByRole('list', { name: 'Runs' }).getByText('Example', { exact: true })).toHaveCount(2)
  await playground.expectState('idle')
  await playground.show('Checks')
  await expect(playground.panel).toContainText('WebAuthn §7.2')
  await playground.show('Token')
  await expect(page.getByRole('region', { name: 'Token' })).toContainText('An example: no server issued this token')
  await expect(playground.token).toHaveCount(0)
  await sound(page, 'an example')

  await page.keyboard.press('v')
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(stage(page)).toContainText('1 of 9')
  await sound(page, 'on a phone')
  await stage(page).getByRole('button', { name: 'next' }).click()
  await expect(stage(page)).toContainText('2 of 9')
  await page.keyboard.press('End')
  await expect(tenantOnStage(page)).toHaveText('Acme Wallet')
  await expect(stage(page)).toContainText('no server issued its token')
  await page.keyboard.press('2')
  await stage(page).getByRole('button', { name: 'Show it at another tenant' }).click()
  await expect(stage(page).getByRole('columnheader')).toHaveText([/Acme Wallet$/, /Globex Pay$/])
  await stage(page).getByRole('button', { name: 'leave' }).click()
  await expect(stage(page)).toBeHidden()
  await page.reload()
  await expect(page.getByRole('list', { name: 'Runs' }).getByText('Example', { exact: true })).toHaveCount(2)
  expect(asked).toEqual([])
})
