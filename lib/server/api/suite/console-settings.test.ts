import { expect, test } from 'vitest'
import { newConsole } from './console-harness.ts'
import { baseUrl, clientOf, refusedWith, request, send } from './harness.ts'

const png = `data:image/png;base64,${Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').toString('base64')}`
const svg = (inside: string) =>
  `data:image/svg+xml;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`).toString('base64')}`

/** A key of the tenant, to see what its callers see. */
async function caller({ client }: Awaited<ReturnType<typeof newConsole>>) {
  const { secret = '' } = await client.keys.create({ name: 'CI', type: 'test', scopes: ['passkeys:register'] })
  return clientOf(secret)
}

test('the relying party follows the server until a member chooses another, and can go back', async () => {
  const console = await newConsole({ confirms: true })
  const { client, tenant } = console
  const api = await caller(console)
  const host = new URL(baseUrl).hostname
  const defaults = { name: tenant.name, id: host, origins: [baseUrl] }
  expect(await client.relyingParty.read()).toMatchObject({ ...defaults, defaults, passkeys: 0 })
  const changed = await client.relyingParty.update({
    name: 'Acme',
    id: 'acme.example',
    origins: ['https://app.acme.example', 'https://acme.example', 'https://acme-pay.example'],
  })
  expect(changed).toMatchObject({ id: 'acme.example', defaults })
  expect((await api.tenant()).relyingParty).toMatchObject({ name: 'Acme', id: 'acme.example' })
  expect((await api.passkeys.register.begin({ username: 'ada' })).publicKey.rp).toEqual({
    name: 'Acme',
    id: 'acme.example',
  })
  expect(await client.relyingParty.update({ name: null, id: null, origins: null })).toMatchObject(defaults)
})

test('related origins of tenants with this host’s RP ID are published', async () => {
  const { client } = await newConsole({ confirms: true })
  const origin = `https://shop-${crypto.randomUUID().slice(0, 8)}.example`
  const published = async () => (await send('GET', '/.well-known/webauthn')).body.origins as string[]
  expect(await published()).toContain(baseUrl)
  expect(await published()).not.toContain(origin)
  await client.relyingParty.update({ origins: [baseUrl, origin] })
  expect(await published()).toContain(origin)
  await client.relyingParty.update({ id: 'acme.example' })
  expect(await published()).not.toContain(origin)
})

test('a relying party that cannot be is refused, and nothing has changed', async () => {
  const { client } = await newConsole({ confirms: true })
  const before = await client.relyingParty.read()
  const wrong = [
    { id: 'https://acme.example' },
    { id: 'ACME' },
    { origins: ['https://acme.example/path'] },
    { origins: ['ftp://acme.example'] },
    { origins: [] },
    { name: ' ' },
    { tenantId: 'x' },
  ]
  for (const update of wrong) {
    expect(await refusedWith(client.relyingParty.update(update as object))).toEqual([400, 'invalid_request'])
  }
  expect(await client.relyingParty.read()).toEqual(before)
})

test('branding is shown to whoever has a key, and an uploaded logo to anybody', async () => {
  const console = await newConsole({ confirms: true })
  const { client } = console
  const api = await caller(console)
  expect((await api.tenant()).branding).toBeUndefined()
  const branding = await client.branding.update({ name: 'Acme', color: '#2B45E8', logo: png })
  expect(branding).toEqual({
    name: 'Acme',
    color: '#2b45e8',
    logoUrl: expect.stringMatching(/^\/console\/api\/logos\/lgo_/),
  })
  expect((await api.tenant()).branding).toEqual(branding)
  expect((await client.session()).branding).toEqual(branding)
  const logo = await request(`${baseUrl}${branding.logoUrl}`)
  expect(logo.status).toBe(200)
  expect(Object.fromEntries(logo.headers)).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringMatching(/default-src 'none'.*sandbox/),
  })
  expect(Buffer.from(await logo.arrayBuffer()).toString('base64')).toBe(png.split(',')[1])
  const linked = await client.branding.update({ logo: 'https://acme.example/logo.svg' })
  expect(linked).toEqual({ ...branding, logoUrl: 'https://acme.example/logo.svg' })
  expect((await request(`${baseUrl}${branding.logoUrl}`)).status).toBe(404)
  expect(await client.branding.update({ name: null, color: null, logo: null })).toEqual({
    name: null,
    color: null,
    logoUrl: null,
  })
  expect((await api.tenant()).branding).toBeUndefined()
})

test('a logo that is no image, or does more than be looked at, is refused', async () => {
  const { client } = await newConsole({ confirms: true })
  expect((await client.branding.update({ logo: svg('<path d="M0 0h8v8z"/>') })).logoUrl).toMatch(/^\/console/)
  const before = await client.branding.read()
  const wrong = [
    `data:image/svg+xml;base64,${Buffer.from('<!---->'.repeat(4000)).toString('base64')}`,
    svg('<use '.repeat(7000)).replace('svg+xml', 'png'),
    svg('<script>alert(1)</script>'),
    svg('<g onload="alert(1)"/>'),
    svg('<a href="javascript:alert(1)">x</a>'),
    svg('<foreignObject><p>x</p></foreignObject>'),
    `data:image/svg+xml;base64,${Buffer.from('<html><svg></svg></html>').toString('base64')}`,
    `data:image/png;base64,${Buffer.from('<svg></svg>').toString('base64')}`,
    `data:text/html;base64,${Buffer.from('<p>x</p>').toString('base64')}`,
    `data:image/png;base64,${Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(41_000)]).toString('base64')}`,
    'http://acme.example/logo.png',
    'javascript:alert(1)',
    'https://acme.example/"onerror="x',
  ]
  for (const logo of wrong)
    expect(await refusedWith(client.branding.update({ logo }))).toEqual([400, 'invalid_request'])
  for (const color of ['red', '#fff', 'url(x)']) {
    expect(await refusedWith(client.branding.update({ color }))).toEqual([400, 'invalid_request'])
  }
  expect(await client.branding.read()).toEqual(before)
})
