import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'

// A page of somebody else's, without a bundler: an import map leads to the package's own files.
const names = ['', '/oauth', '/mpc', '/tokens', '/webhooks']
const importMap = {
  imports: Object.fromEntries(names.map((name) => [`@webauthn-playground/sdk${name}`, `/sdk${name || '/index'}.js`])),
}
const page = `<!doctype html><link rel="icon" href="data:,"><script type="importmap">${JSON.stringify(importMap)}</script>
<script type="module">
import { Client, NotFoundError } from '@webauthn-playground/sdk'
import { createOAuth } from '@webauthn-playground/sdk/oauth'
import { memoryShares } from '@webauthn-playground/sdk/mpc'
import { verifyToken } from '@webauthn-playground/sdk/tokens'
import { verifyWebhook } from '@webauthn-playground/sdk/webhooks'

window.signIn = async (apiKey, baseUrl) => {
  const client = new Client({ apiKey, baseUrl })
  await client.passkeys.register({ username: 'ada' })
  const { token } = await client.passkeys.signIn({ username: 'ada' })
  const { preferred_username } = await verifyToken(token, { issuer: baseUrl, audience: 'mpc-server:test' })
  const refused = await client.keys.list().catch(({ name, code }) => [name, code])
  return { preferred_username, refused, others: [NotFoundError, createOAuth, memoryShares, verifyWebhook].map((one) => typeof one) }
}

// The browser's own calls, without the mediation that its virtual authenticator has no way to do.
window.beside = async (apiKey, baseUrl, capabilities) => {
  const client = new Client({ apiKey, baseUrl })
  const asked = []
  PublicKeyCredential.getClientCapabilities = async () => capabilities
  for (const name of ['create', 'get']) {
    const call = CredentialsContainer.prototype[name]
    navigator.credentials[name] = ({ mediation, ...options }) => {
      asked.push([name, mediation])
      return call.call(navigator.credentials, options)
    }
  }
  const outcome = await client.passkeys
    .register({ username: 'bea', mediation: 'conditional' })
    .then(() => client.passkeys.signIn({ username: 'bea' }, { mediation: 'required' }))
    .then(({ user }) => user.username, ({ name, message }) => [name, message])
  return { outcome, asked }
}
</script>`

test.use({ expectedErrors: [/status of 403/] })

test('a page without a bundler signs its users in with the package that the server hands out', async ({
  page: tab,
  request,
  newTenant,
  authenticator: _,
  baseURL,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'sdk-in-a-page-'))
  writeFileSync(join(folder, 'sdk.tgz'), await (await request.get('/downloads/sdk.tgz')).body())
  execFileSync('tar', ['xzf', 'sdk.tgz'], { cwd: folder })
  const server = createServer(({ url = '' }, answer) => {
    const file = join(folder, 'package', url.replace(/^\/sdk\//, ''))
    if (url === '/') answer.writeHead(200, { 'Content-Type': 'text/html' }).end(page)
    else if (existsSync(file)) answer.writeHead(200, { 'Content-Type': 'text/javascript' }).end(readFileSync(file))
    else answer.writeHead(404).end()
  }).listen(0)
  await once(server, 'listening')
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  const { key } = await newTenant({ origins: origin })
  await tab.goto(`${origin}/`)
  await tab.waitForFunction('window.signIn')
  const answer = await tab.evaluate(`signIn(${JSON.stringify(key)}, ${JSON.stringify(baseURL)})`)
  expect(answer).toEqual({
    preferred_username: 'ada',
    refused: ['InsufficientScopeError', 'insufficient_scope'],
    others: ['function', 'function', 'function', 'function'],
  })

  const beside = (capabilities: object) =>
    tab.evaluate(`beside(${JSON.stringify(key)}, ${JSON.stringify(baseURL)}, ${JSON.stringify(capabilities)})`)
  const lacking = 'This browser makes no passkeys without a dialogue (conditional create).'
  expect(await beside({})).toEqual({ outcome: ['UnsupportedCall', lacking], asked: [] })
  expect(await beside({ conditionalCreate: true })).toEqual({
    outcome: 'bea',
    asked: [
      ['create', 'conditional'],
      ['get', 'required'],
    ],
  })
  server.close()
  rmSync(folder, { recursive: true })
})
