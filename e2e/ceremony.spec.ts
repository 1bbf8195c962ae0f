import { expect, test } from './fixtures.ts'

test('the timeline shows every message of a ceremony, in order', async ({
  page,
  tenant,
  playground,
  authenticator: _,
}) => {
  const messages = page.getByRole('list', { name: 'Messages' }).getByRole('listitem')
  await playground.open(tenant.key, 'ada')
  await playground.registers()
  await expect(playground.tab('Ceremony')).toHaveAttribute('aria-selected', 'true')
  await expect(messages).toHaveText([
    /^begin.*Browser .*Server/,
    /^options.*Server .*Browser/,
    /^navigator\.credentials\.create.*Browser .*Authenticator/,
    /^attestation.*Authenticator .*Browser/,
    /^finish.*Browser .*Server/,
    /^passkey.*Server .*Browser/,
  ])
  await playground.authenticates()
  await playground.show('Ceremony')
  await expect(playground.tab('Ceremony')).toHaveAccessibleName('Ceremony 6')
  await expect(messages).toHaveText([
    /^begin/,
    /^options/,
    /^navigator\.credentials\.get/,
    /^assertion/,
    /^finish/,
    /^token/,
  ])
  await expect(page.getByRole('list', { name: 'Where the time went' })).toContainText('Authenticator and the person')
})

test('a message is decoded byte by byte, or raw as it went', async ({ page, tenant, playground, authenticator: _ }) => {
  await playground.open(tenant.key, 'ada')
  const finish = page.waitForRequest('**/register/finish')
  await playground.registers()
  const { credential } = (await finish).postDataJSON()

  await page.getByRole('button', { name: /^attestation/ }).click()
  const message = page.getByRole('article', { name: 'attestation' })
  const clientData = message.getByRole('region', { name: 'clientDataJSON', exact: true })
  await expect(clientData.getByRole('row', { name: /^type / })).toContainText('webauthn.create')
  await expect(clientData.getByRole('row', { name: /^origin / })).toContainText(new URL(page.url()).origin)

  await message.getByRole('button', { name: 'Raw', exact: true }).click()
  const raw = await message.getByRole('region', { name: 'message' }).textContent()
  expect(JSON.parse(raw ?? '')).toMatchObject({ id: credential.id, response: credential.response })
  await message.getByRole('button', { name: 'Decoded', exact: true }).click()
  await expect(clientData).toBeVisible()
})

test('the flags are taken apart, bit by bit', async ({ page, signedIn: playground }) => {
  await playground.show('Ceremony')
  await page.getByRole('button', { name: /^assertion/ }).click()
  const bits = page.getByRole('article', { name: 'assertion' }).getByRole('listitem')
  for (const [bit, set] of [
    ['UP', 1],
    ['UV', 1],
    ['BE', 1],
    ['BS', 1],
    ['AT', 0],
    ['ED', 0],
  ] as const) {
    await expect(bits.filter({ has: page.getByText(bit, { exact: true }) })).toHaveText(new RegExp(`^${set}`))
  }
})

test('no message on show carries the API key', async ({ page, tenant, registered: _ }) => {
  for (const message of await page.getByRole('list', { name: 'Messages' }).getByRole('button').all()) {
    await message.click()
    const article = page.getByRole('article')
    if (await article.getByRole('button', { name: 'Raw', exact: true }).isVisible()) {
      await article.getByRole('button', { name: 'Raw', exact: true }).click()
      await expect(article).not.toContainText(tenant.key)
      await article.getByRole('button', { name: 'Decoded', exact: true }).click()
    }
  }
})
