import { expect, test } from 'vitest'
import { actFor } from '../../tenants/tenants.ts'
import { ceremoniesOverTime, fittingRange } from '../../usage/ceremonies.ts'
import { report } from '../../usage/report.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import { authorizationUrl, newApp } from './oauth-test-clients.ts'

/** A tenant with an app, and what its figures come to once they are counted. */
async function watched() {
  const app = await newApp()
  const caller = await actFor(app.tenantId, 'test')
  const browser = new OAuthBrowser()
  const arrive = async () => browser.arrive((await authorizationUrl(app, { prompt: 'login' })).url)
  const figures = async () => {
    const { signIns, registrations, since } = await ceremoniesOverTime(caller, await fittingRange(caller))
    return { signIns, registrations, since }
  }
  return { app, caller, browser, arrive, figures }
}

test('a registration and a sign-in on the pages of OAuth count once, from begin to finish, with what was refused', async () => {
  const { caller, browser, arrive, figures } = await watched()
  expect(await figures()).toMatchObject({ since: null, signIns: { totals: { begun: 0, finished: 0 } } })
  await browser.signUp(await arrive(), 'ada')
  await browser.signIn(await arrive(), 'ada')
  const uid = await arrive()
  await browser.step(uid, 'sign-in/begin', { username: 'ada' })
  await expect(browser.step(uid, 'sign-in/begin', { username: 'nobody' })).rejects.toThrow()
  const { ceremonyId, publicKey } = await browser.step<Begun>(uid, 'sign-in/begin', { username: 'ada' })
  const credential = browser.authenticator.get(publicKey)
  const forged = { ...credential, response: { ...credential.response, signature: 'AAAA' } }
  await expect(browser.step(uid, 'sign-in/finish', { ceremonyId, credential: forged })).rejects.toThrow()

  await expect
    .poll(async () => (await figures()).signIns)
    .toMatchObject({
      totals: { begun: 3, finished: 2, ok: 1, failed: 1, abandoned: 1 },
      failures: [
        { step: 'begin', code: 'user_unknown', requests: 1 },
        { step: 'finish', code: 'verification_failed', requests: 1 },
      ],
    })
  expect(await figures()).toMatchObject({
    since: expect.any(String),
    registrations: { totals: { begun: 1, finished: 1, ok: 1, failed: 0 } },
  })
  // They are no requests of the API: no key and no client is said to have asked.
  expect((await report(caller, { groupBy: 'operation' })).data).toEqual([])
  const other = await actFor(caller.tenant.id, 'live')
  expect((await ceremoniesOverTime(other, await fittingRange(other))).signIns.totals.finished).toBe(0)
})

interface Begun {
  ceremonyId: string
  publicKey: Parameters<OAuthBrowser['authenticator']['get']>[0]
}
