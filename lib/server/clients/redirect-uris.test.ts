import { beforeAll, expect, test } from 'vitest'
import type { ClientCreate } from '#lib/contract/oauth.ts'
import type { Caller } from '../caller.ts'
import { database } from '../db/database.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { allClients, createClient, readClient, updateClient } from './clients.ts'
import { findClient } from './find-client.ts'

const app: ClientCreate = { name: 'App', type: 'public', redirectUris: ['https://app.example/cb'], scopes: ['openid'] }

let caller: Caller
let clientId: string
beforeAll(async () => {
  caller = await actFor((await createTenant({ name: 'Shop', slug: 'shop' })).id, 'test')
  clientId = (await createClient(caller, app)).clientId
})

test.each([
  ['https://app.example/cb'],
  ['https://app.example/cb?x=%2F..&y=1'],
  ['https://app.example/'],
  ['https://app.example/a..b/.well-known/x'],
  ['http://localhost:3000/cb'],
  ['http://127.0.0.1/cb'],
  ['http://[::1]:8080/cb'],
  ['com.example.app:/cb'],
  ['https://APP.example:443/cb?x=%2F..&y=1', 'https://app.example/cb?x=%2F..&y=1'],
  ['HTTPS://app.example', 'https://app.example/'],
  ['https://app.example?x=y', 'https://app.example/?x=y'],
  ['https:/app.example/cb', 'https://app.example/cb'],
  ['https://app.example:0443/cb', 'https://app.example/cb'],
  ["https://app.example/cb?x='", 'https://app.example/cb?x=%27'],
  ['http://localhost:80/cb', 'http://localhost/cb'],
  ['http://127.1:8080/cb', 'http://127.0.0.1:8080/cb'],
  ['http://[0:0:0:0:0:0:0:1]/cb', 'http://[::1]/cb'],
  ['COM.example.APP:/cb', 'com.example.app:/cb'],
])('%s is kept as browsers write it', async (uri, kept = uri) => {
  const wanted = { redirectUris: [uri, kept], postLogoutRedirectUris: [uri] }
  const uris = { redirectUris: [kept], postLogoutRedirectUris: [kept] }
  expect(new URL(uri).href).toBe(kept)
  expect(await createClient(caller, { ...app, ...wanted })).toMatchObject(uris)
  expect(await updateClient(caller, clientId, wanted)).toMatchObject(uris)
  expect(await readClient(caller, clientId)).toMatchObject(uris)
  expect(await findClient(clientId)).toMatchObject(uris)
})

test('those that were kept otherwise before stay what they are to their apps, until they are named', async () => {
  const kept = ['HTTPS://app.example:443/cb', 'https://app.example']
  const data = { redirectUris: JSON.stringify(kept) }
  await (await database()).oAuthClient.update({ where: { id: clientId }, data })
  expect(await updateClient(caller, clientId, { name: 'Another' })).toMatchObject({
    name: 'Another',
    redirectUris: kept,
  })
  expect(await findClient(clientId)).toMatchObject({ name: 'Another', redirectUris: kept })
  const named = await updateClient(caller, clientId, { redirectUris: kept })
  expect(named).toMatchObject({ name: 'Another', redirectUris: ['https://app.example/cb', 'https://app.example/'] })
})

test.each([
  ['https://app.example/cb#x', 'has a fragment'],
  ['https://app.example/cb#', 'has a fragment'],
  ['https://user@app.example/cb', 'has a user in it'],
  ['https://user:pass@app.example/cb', 'has a user in it'],
  ['https://*.app.example/cb', 'a wildcard'],
  ['https://app.example/*', 'a wildcard'],
  ['https://app.example\\@evil.example/cb', 'has a character'],
  ['https://app.example/ cb', 'has a character'],
  [' https://app.example/cb', 'has a character'],
  ['https://app.example/c\nb', 'has a character'],
  ['https://äpp.example/cb', 'has a character'],
  ['https://app.example/a/../cb', 'has dots in its path'],
  ['https://app.example/a/%2e%2E/cb', 'has dots in its path'],
  ['https://app.example/..', 'has dots in its path'],
  ['http://app.example/cb', 'not this machine'],
  ['http://localhost.evil.example/cb', 'not this machine'],
  ['http://127.0.0.1.evil.example/cb', 'not this machine'],
  ['javascript:alert(1)', 'needs https:'],
  ['data:text/html,x', 'needs https:'],
  ['file:///etc/passwd', 'needs https:'],
  ['myapp:/cb', 'needs https:'],
  ['com.example.app://cb', 'needs https:'],
  ['/cb', 'is not an absolute URI'],
  ['app.example/cb', 'is not an absolute URI'],
  ['', 'is not an absolute URI'],
  [`https://app.example/${'a'.repeat(512)}`, 'longer than 512'],
])('%j cannot be where an app takes users back', async (uri, message) => {
  const before = await allClients(caller)
  for (const member of ['redirectUris', 'postLogoutRedirectUris'] as const) {
    const uris = { [member]: ['https://app.example/cb', uri] }
    const refused = {
      code: 'invalid_request',
      details: { issues: [{ path: `${member}.1`, message: expect.stringContaining(message) }] },
    }
    await expect(createClient(caller, { ...app, ...uris })).rejects.toMatchObject(refused)
    await expect(updateClient(caller, clientId, uris)).rejects.toMatchObject(refused)
  }
  expect(await allClients(caller)).toEqual(before)
})
