import * as client from 'openid-client'
import { approveDevice } from '../server/api/suite/oauth-forms.ts'
import { OAuthBrowser } from '../server/api/suite/oauth-harness.ts'
import { apiUrl, askToken, callApi, newService, newTokens, post } from '../server/api/suite/oauth-test-clients.ts'
import { closeDatabase } from '../server/db/database.ts'
import { readAccount } from '../server/oauth/account.ts'
import { beginAsking } from './list-plans.ts'

/** What a user's token may read of the API. */
const byToken = ['tenant', 'passkeys', 'usage', 'account', 'account/transactions', 'skills', 'skills/runs']
const scopes = [
  ...(['openid', 'profile', 'offline_access', 'passkeys:manage', 'usage:read', 'account:read'] as const),
  ...(['skills:list', 'skills:execute'] as const),
]
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

/**
 * Has a user sign up at an app, come back, allow a device, and look at their own page; the app renews, inspects and revokes
 * its tokens and reads with them what they are good for.
 *
 * @returns what each was answered with
 */
export async function askAllOfUsers(): Promise<{ path: string; status: number }[]> {
  const grants = ['authorization_code' as const, 'refresh_token' as const, 'client_credentials' as const]
  const app = await newService({ grants: [...grants, deviceGrant], scopes: [...scopes] })
  const browser = new OAuthBrowser()
  // What is prepared already is not asked anew.
  await closeDatabase()
  beginAsking()
  const asked = { scope: scopes.join(' '), prompt: 'consent' }
  await newTokens(app, browser, asked)
  // Once more, who is signed in.
  const tokens = await newTokens(app, browser, asked)
  const device = await client.initiateDeviceAuthorization(app.config, {
    scope: 'openid account:read',
    resource: apiUrl,
  })
  await approveDevice(browser, device.user_code)
  const fields = { grant_type: deviceGrant, device_code: device.device_code, resource: apiUrl }
  const account = await readAccount({
    get: (name) => browser.cookies.find((cookie) => cookie.name === name && cookie.path === '/'),
  })
  const ofUser = await newTokens(app, browser, { scope: 'openid profile', resource: undefined })
  const secret = { client_id: app.clientId, client_secret: app.clientSecret ?? '' }
  const renewed = await askToken(app, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token })
  const answers = [
    { path: '/account', status: account?.grants.length ? 200 : 404 },
    { path: 'device', status: (await askToken(app, fields)).status },
    { path: 'refresh', status: renewed.status },
    { path: '/oauth/userinfo', status: (await callApi(ofUser.access_token, '/oauth/userinfo')).status },
  ]
  for (const path of byToken)
    answers.push({ path: `/v1/${path}`, status: (await callApi(tokens.access_token, `/v1/${path}`)).status })
  for (const path of ['introspect', 'revoke'])
    answers.push({
      path,
      status: (await post(`/oauth/${path}`, { ...secret, token: renewed.body.refresh_token })).status,
    })
  return answers
}
