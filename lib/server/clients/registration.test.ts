import { beforeAll, describe, expect, test } from 'vitest'
import type { ClientCreate } from '#lib/contract/oauth.ts'
import type { Caller } from '../caller.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { allClients, createClient, readClient, updateClient } from './clients.ts'

const deviceCode = 'urn:ietf:params:oauth:grant-type:device_code'
const app: ClientCreate = {
  name: 'App',
  type: 'public',
  redirectUris: ['https://app.example/cb'],
  scopes: ['openid'],
  grants: ['authorization_code', 'refresh_token'],
}
const backend: ClientCreate = {
  name: 'Backend',
  type: 'confidential',
  redirectUris: [],
  scopes: ['usage:read', 'keys:manage', 'oauth:manage'],
  grants: ['client_credentials'],
}

let caller: Caller
beforeAll(async () => {
  caller = await actFor((await createTenant({ name: 'Shop', slug: 'shop' })).id, 'live')
})

/** A request that is refused, one that differs in this alone and is not, and the member at fault. */
const wrong: [name: string, refused: ClientCreate, good: ClientCreate, path: string, message: RegExp][] = [
  [
    'client_credentials of a public client',
    { ...app, grants: ['authorization_code', 'client_credentials'] },
    { ...app, type: 'confidential', grants: ['authorization_code', 'client_credentials'] },
    'grants',
    /client_credentials is for confidential clients/,
  ],
  [
    'authorization_code without a redirect URI',
    { ...app, redirectUris: [] },
    { ...app, redirectUris: [], grants: [deviceCode, 'refresh_token'] },
    'redirectUris',
    /authorization_code needs one/,
  ],
  [
    'refresh_token alone',
    { ...app, grants: ['refresh_token'] },
    { ...app, grants: ['refresh_token', deviceCode] },
    'grants',
    /refresh_token goes with/,
  ],
  [
    'refresh_token beside client_credentials alone',
    { ...backend, grants: ['client_credentials', 'refresh_token'] },
    { ...backend, grants: ['client_credentials', 'refresh_token', deviceCode] },
    'grants',
    /client_credentials gives none/,
  ],
  [
    'keys:manage where users would have to give it',
    { ...app, type: 'confidential', scopes: ['openid', 'keys:manage'] },
    { ...app, type: 'confidential', scopes: ['openid', 'keys:manage'], grants: ['client_credentials'] },
    'scopes',
    /^keys:manage: .*client_credentials/,
  ],
  [
    'oauth:manage where users would have to give it',
    { ...app, scopes: ['oauth:manage'] },
    { ...app, scopes: ['mpc:sign'] },
    'scopes',
    /^oauth:manage: /,
  ],
  ['no scope', { ...app, scopes: [] }, app, 'scopes', /names no scope/],
  ['no grant', { ...app, grants: [] }, app, 'grants', /names no grant/],
  ['a blank name', { ...app, name: ' ' }, app, 'name', /is blank/],
  ['a logo that is not on https', { ...app, logoUrl: 'http://a.example/l.png' }, app, 'logoUrl', /no https URL/],
]

describe.each(wrong)('%s', (_name, refused, good, path, message) => {
  const issues = [{ path, message: expect.stringMatching(message) }]

  test('is refused, and nothing is made', async () => {
    const before = await allClients(caller)
    await expect(createClient(caller, refused)).rejects.toMatchObject({ code: 'invalid_request', details: { issues } })
    expect(await allClients(caller)).toEqual(before)
    const { clientId } = await createClient(caller, good)
    expect((await allClients(caller)).map((client) => client.clientId)).toContain(clientId)
  })

  test('is not what a client can be changed into', async () => {
    const { clientId } = await createClient(caller, refused.type === 'public' ? app : backend)
    const before = await readClient(caller, clientId)
    const { type: _, ...update } = refused
    const change = updateClient(caller, clientId, update)
    await expect(change).rejects.toMatchObject({ code: 'invalid_request', details: { issues } })
    expect(await readClient(caller, clientId)).toEqual(before)
    expect((await updateClient(caller, clientId, { name: 'Renamed' })).name).toBe('Renamed')
  })
})

test('of several things that are wrong, each is told', async () => {
  await expect(createClient(caller, { ...app, redirectUris: [], scopes: ['keys:manage'] })).rejects.toMatchObject({
    details: { issues: [{ path: 'redirectUris' }, { path: 'scopes' }] },
  })
})

test('a change is judged by what the client then is, not by what it names', async () => {
  const { clientId } = await createClient(caller, { ...backend, redirectUris: ['https://a.example/cb'] })
  const code = { grants: ['authorization_code' as const] }
  const refused = updateClient(caller, clientId, code)
  await expect(refused).rejects.toMatchObject({ details: { issues: [{ path: 'scopes' }] } })
  const changed = await updateClient(caller, clientId, { ...code, scopes: ['usage:read'] })
  expect(changed).toMatchObject({ scopes: ['usage:read'], ...code, redirectUris: ['https://a.example/cb'] })
  const emptied = updateClient(caller, clientId, { redirectUris: [] })
  await expect(emptied).rejects.toMatchObject({ details: { issues: [{ path: 'redirectUris' }] } })
  expect(await readClient(caller, clientId)).toEqual(changed)
})

test('what is not named stays, and null goes back to nothing', async () => {
  const { clientSecret: _, ...made } = await createClient(caller, {
    ...app,
    logoUrl: 'https://app.example/logo.png',
    postLogoutRedirectUris: ['https://app.example/bye'],
    dpopRequired: true,
  })
  expect(made).toMatchObject({ postLogoutRedirectUris: ['https://app.example/bye'], dpopRequired: true })
  expect(await updateClient(caller, made.clientId, { name: 'App 2' })).toEqual({ ...made, name: 'App 2' })
  const bare = { logoUrl: null, postLogoutRedirectUris: null, dpopRequired: false }
  expect(await updateClient(caller, made.clientId, bare)).toEqual({ ...made, name: 'App 2', ...bare })
  const empty = updateClient(caller, made.clientId, {})
  await expect(empty).rejects.toMatchObject({ code: 'invalid_request' })
})
