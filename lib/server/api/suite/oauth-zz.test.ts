import * as client from 'openid-client'
import { test } from 'vitest'
import { OAuthBrowser } from './oauth-harness.ts'
import { send } from './harness.ts'
import { askToken, authorizationUrl, newApp, newCode, post } from './oauth-test-clients.ts'
test('x', async () => {
  const app = await newApp()
  const browser = new OAuthBrowser()
  for (const name of ['grant_type', 'code', 'client_id', 'scope', 'redirect_uri']) {
    const code = await newCode(app, browser)
    const all = { ...code, client_id: app.clientId, scope: 'openid' }
    const r = await post('/oauth/token', [...Object.entries(all), [name, all[name]]])
    console.log(name, r.status, r.text)
  }
  const g = await send('GET', '/oauth/token')
  console.log(g.status, g.text, [...g.headers])
  const { url, verifier } = await authorizationUrl(app)
  const back = await browser.authorize(url)
  back.searchParams.set('iss', 'https://evil')
  await client.authorizationCodeGrant(app.config, back, { pkceCodeVerifier: verifier }).catch((e) => console.log(e, Object.entries(e)))
  back.searchParams.delete('iss')
  await client.authorizationCodeGrant(app.config, back, { pkceCodeVerifier: verifier }).catch((e) => console.log(e, Object.entries(e)))
})
