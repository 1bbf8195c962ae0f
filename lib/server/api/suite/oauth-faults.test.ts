import { beforeAll, expect, test } from 'vitest'
import { playgroundClientId } from '#lib/contract/oauth-scopes.ts'
import { createOAuth } from '#lib/sdk/oauth.ts'
import type { AttackedApp } from '../../../../components/oauth/faults/attacked-app.ts'
import type { OAuthFault } from '../../../../components/oauth/faults/oauth-fault.ts'
import { oauthFaults } from '../../../../components/oauth/faults/oauth-faults.ts'
import { tryOAuthFault, untouchedFlow } from '../../../../components/oauth/faults/try-oauth-fault.ts'
import { database } from '../../db/database.ts'
import { baseUrl, newTenant, request } from './harness.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import { clockTurns, turnClock } from './oauth-test-clients.ts'

// The Playground's built-in app, broken in each way, against the server as it is.

const redirectUri = `${baseUrl}/playground/callback`

/** The app of a tenant of its own in a browser; what is used late is late by the clock, or in storage. */
async function newAttackedApp() {
  const [clientId = '', otherClientId = ''] = await Promise.all(
    Array.from({ length: 2 }, async () => playgroundClientId((await newTenant()).tenant.id)),
  )
  const browser = new OAuthBrowser()
  const app: AttackedApp = {
    ...{ baseUrl, clientId, otherClientId, redirectUri, fetch: request },
    oauth: createOAuth({ baseUrl, fetch: request }),
    async visit(url) {
      const { address, page } = await browser.follow(url)
      return { url: address.href, status: page?.status ?? 200, text: (await page?.text()) ?? '' }
    },
    async wait(milliseconds) {
      if (clockTurns) return turnClock(milliseconds)
      const consumedAt = new Date(Date.now() - milliseconds)
      const where = { kind: 'RefreshToken', clientId, consumedAt: { not: null } }
      await (await database()).oAuthRecord.updateMany({ where, data: { consumedAt } })
    },
  }
  const signIn = async (url: string) => (await browser.authorize(url)).search
  return { app, browser, signIn }
}

let attacked: Awaited<ReturnType<typeof newAttackedApp>>
beforeAll(async () => {
  attacked = await newAttackedApp()
  await untouchedFlow(attacked.app, attacked.signIn)
})

test.for(oauthFaults.map((fault) => [fault.id, fault] as const))(
  '%s is caught by what must refuse it, and the person is not asked again',
  async ([, fault]) => {
    const { app, browser } = attacked
    const before = browser.seen.length
    const result = await tryOAuthFault(fault, app)
    expect(result.reason).toBeUndefined()
    expect([result.verdict, result.by.join(', ')]).toEqual(['caught', fault.refusedBy])
    expect(browser.seen).toHaveLength(before)
  },
)

test('nothing of what the faults took stays', async () => {
  const { app } = attacked
  const { clientId } = app
  for (const fault of oauthFaults) await tryOAuthFault(fault, app)
  const db = await database()
  const left = await db.oAuthRecord.count({
    where: { clientId, kind: { in: ['RefreshToken', 'AccessToken', 'Grant'] } },
  })
  expect(left).toBe(0)
})

test('whoever is not signed in, or has not allowed it, is asked for first', async () => {
  const { app } = await newAttackedApp()
  for (const fault of oauthFaults)
    expect(await tryOAuthFault(fault, app)).toMatchObject({ verdict: 'untried', needsPerson: true })
})

test('a client that is none is no other client: what refuses it is not what must', async () => {
  const fault = oauthFaults.find(({ id }) => id === 'another-clients-code') as OAuthFault
  const result = await tryOAuthFault(fault, { ...attacked.app, otherClientId: 'playground_nobody' })
  expect(result).toMatchObject({ verdict: 'elsewhere', status: 401, by: ['invalid_client'] })
})
