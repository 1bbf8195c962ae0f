import type { Page } from '@playwright/test'
import { join, setUpLink, signIn } from './console.ts'
import { expect, test } from './fixtures.ts'

/** Lets every method of a credential throw, as those of some password managers do. */
async function breakCredentials(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const methods = {
      PublicKeyCredential: ['toJSON', 'getClientExtensionResults'],
      AuthenticatorAttestationResponse: [
        'getTransports',
        'getPublicKey',
        'getPublicKeyAlgorithm',
        'getAuthenticatorData',
      ],
    }
    for (const [name, names] of Object.entries(methods)) {
      const { prototype } = window[name as 'PublicKeyCredential']
      for (const method of names) {
        Object.defineProperty(prototype, method, {
          value() {
            throw new Error('not implemented')
          },
        })
      }
    }
  })
}

test('credentials whose methods throw register and sign in all the same', async ({
  page,
  tenant,
  playground,
  authenticator: _,
}) => {
  await breakCredentials(page)
  await playground.open(tenant.key, 'ada')
  const finish = page.waitForRequest('**/register/finish')
  await playground.registers()
  const { response } = (await finish).postDataJSON().credential
  expect(Object.keys(response).sort()).toEqual(['attestationObject', 'clientDataJSON'])
  await expect(page.getByRole('definition').getByText('Not told')).toBeVisible()
  await page.getByRole('tab', { name: /^Checks/ }).click()
  await expect(page.getByRole('region', { name: 'Credential object' })).toContainText('toJSON() gives JSON')
  await playground.authenticates()
})

test('a credential object that is sound is not spoken of', async ({ page, registered: playground }) => {
  for (const next of [() => playground.authenticates(), () => undefined]) {
    await page.getByRole('tab', { name: /^Checks/ }).click()
    await expect(page.getByRole('list', { name: 'Verification steps' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Credential object' })).toBeHidden()
    await next()
  }
})

test('they open the Console, too', async ({ page, tenant, authenticator: _ }) => {
  await breakCredentials(page)
  await join(page, await setUpLink(tenant.slug), 'Ada')
  await page.context().clearCookies()
  await signIn(page)
})
