import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { database } from '../../db/database.ts'
import { writeApiKey } from '../../keys/api-key.ts'
import { type StoredHandOff, take } from '../../keys/hand-offs/store.ts'
import { revokeKey, updateKey } from '../../keys/keys.ts'
import { createKey } from '../../keys/make-key.ts'
import { closeLimits } from '../../limits/limits.ts'
import { actFor } from '../../tenants/tenants.ts'
import { codeOf, expire, kept, phone } from './hand-offs-harness.ts'
import { baseUrl, clientOf, mount, newTenant, refusal, refusedWith, register, send, signIn } from './harness.ts'
import { leftOf, sendAs } from './keys-harness.ts'

const options = { registration: { attestation: 'direct' }, authentication: { userVerification: 'required' } }

test('a code gives a phone a key of its own, with what the page had, and never the page’s key', async () => {
  const { client, tenant, key, authenticator } = await newTenant()
  const made = await client.handOffs.create({ username: 'ada', options })
  expect(made).toEqual({
    id: expect.stringMatching(/^hof_/),
    url: expect.stringMatching(/\/playground#hand-off=[\w-]{43}$/),
    expiresAt: expect.any(String),
  })
  expect(new URL(made.url).origin).toBe(new URL(baseUrl).origin)
  expect(Date.parse(made.expiresAt) - Date.now()).toBeLessThanOrEqual(300_000)
  expect(await client.handOffs.read(made.id)).toMatchObject({ status: 'open', takenAt: null })

  const taken = await phone().handOffs.take(codeOf(made))
  expect(taken).toEqual({
    tenant: { id: tenant.id, name: tenant.name },
    key: {
      id: expect.any(String),
      secret: expect.stringMatching(/^sk_test_/),
      hint: expect.any(String),
      scopes: ['passkeys:register', 'passkeys:authenticate'],
      expiresAt: expect.any(String),
    },
    username: 'ada',
    options,
  })
  expect(taken.key.id).not.toBe(key.id)
  expect(JSON.stringify(taken)).not.toContain(key.secret)
  expect(Date.parse(taken.key.expiresAt) - Date.now()).toBeLessThanOrEqual(3_600_000)
  expect(await client.handOffs.read(made.id)).toMatchObject({ status: 'taken', takenAt: expect.any(String) })

  const onPhone = clientOf(taken.key.secret)
  expect((await onPhone.tenant()).tenant.id).toBe(tenant.id)
  await register(onPhone, authenticator, 'ada')
  expect((await signIn(onPhone, authenticator, 'ada')).tenant.id).toBe(tenant.id)
})

test('of phones that take at once one gets it, and the others are told that it was used', async () => {
  const { client, tenant } = await newTenant()
  const code = codeOf(await client.handOffs.create())
  const outcomes = await Promise.all(
    Array.from({ length: 6 }, () =>
      phone()
        .handOffs.take(code)
        .then(
          () => 'taken',
          ({ status, code, message }) => `${status} ${code} ${message}`,
        ),
    ),
  )
  expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(1)
  for (const outcome of outcomes.filter((outcome) => outcome !== 'taken')) {
    expect(outcome).toMatch(/^410 hand_off_used .*Ask for a new one/)
  }
  expect((await kept(tenant.id)).keys.filter(({ handedOff }) => handedOff)).toHaveLength(1)
})

test('what was open longer than five minutes, was never made or whose key is revoked gives nothing', async () => {
  const { client, tenant, key, addKey } = await newTenant()
  const made = await client.handOffs.create()
  const other = await addKey('test', ['passkeys:register', 'passkeys:authenticate'])
  const ofOther = await other.client.handOffs.create()
  await expire(made.id)
  await other.revoke()
  const before = await kept(tenant.id)
  const words = await Promise.all(
    [codeOf(made), codeOf(ofOther), 'x'.repeat(43)].map(async (code) => {
      const { status, code: is, detail } = await refusal(phone().handOffs.take(code))
      return `${status} ${is}: ${detail}`
    }),
  )
  expect(words).toEqual([
    expect.stringMatching(/^404 not_found: .*expired/),
    expect.stringMatching(/^404 not_found: .*works no more/),
    expect.stringMatching(/^404 not_found: .*unknown/),
  ])
  expect(await kept(tenant.id)).toEqual(before)
  // Gone between its being found and its being taken, it is no mistake of the server's.
  const gone = { ...before.handOffs[0], id: 'hof_00000000000000' } as StoredHandOff
  expect(
    await take(
      gone,
      () => expect.fail('made a key'),
      async () => undefined,
    ),
  ).toBe('gone')
  expect((await client.handOffs.read(made.id)).status).toBe('expired')
  expect((await client.handOffs.read(ofOther.id)).status).toBe('ended')
  expect((await clientOf(key.secret).tenant()).tenant.id).toBe(tenant.id)
})

test('only a test key with both scopes hands on, and what was handed on does so no further', async () => {
  const { addKey, tenant, client } = await newTenant()
  const taken = await phone().handOffs.take(codeOf(await client.handOffs.create()))
  const keys = [
    (await addKey('live', ['passkeys:register', 'passkeys:authenticate'])).secret,
    (await addKey('test', ['passkeys:register'])).secret,
    (await addKey('test', ['passkeys:authenticate'])).secret,
    taken.key.secret,
  ]
  const before = await kept(tenant.id)
  for (const secret of keys) {
    expect(await refusedWith(clientOf(secret).handOffs.create())).toEqual([403, 'insufficient_scope'])
  }
  const onPhone = clientOf(taken.key.secret)
  const { keys: phoneKeys, passkeys } = onPhone
  for (const call of [() => phoneKeys.list(), () => phoneKeys.rotate(taken.key.id), () => passkeys.list()]) {
    expect(await refusedWith(Promise.resolve(call()))).toEqual([403, 'insufficient_scope'])
  }
  expect(await kept(tenant.id)).toEqual(before)
  await client.handOffs.create()
})

test('a key that is handed on has no more than the key it comes from has when it is taken', async () => {
  const home = await newTenant()
  const expiresAt = new Date(Date.now() + 600_000).toISOString()
  const maker = await home.addKey('test', ['passkeys:register', 'passkeys:authenticate', 'usage:read'], { expiresAt })
  const [made, late] = [await maker.client.handOffs.create(), await maker.client.handOffs.create()]
  const { key } = await phone().handOffs.take(codeOf(made))
  expect(key.expiresAt).toBe(expiresAt)
  expect(key.scopes).toEqual(['passkeys:register', 'passkeys:authenticate'])
  const caller = await actFor(home.tenant.id, 'test')
  await updateKey(caller, maker.id, { scopes: ['passkeys:authenticate'] })
  expect((await phone().handOffs.take(codeOf(late))).key.scopes).toEqual(['passkeys:authenticate'])
})

test('it spends the requests of the key that it comes from', async () => {
  const { client, key } = await newTenant()
  const { key: handed } = await phone().handOffs.take(codeOf(await client.handOffs.create()))
  const left = async (secret: string) => leftOf(await sendAs(secret, 'GET', '/v1/tenant')).requests
  const before = await left(key.secret)
  await left(handed.secret)
  expect(await left(key.secret)).toBe(before - 2)
})

test('one that comes from a demo key ends with the demo, and its tenant may revoke it', async () => {
  const { tenant } = await newTenant()
  const caller = await actFor(tenant.id, 'test')
  const scopes = ['passkeys:register' as const, 'passkeys:authenticate' as const]
  const demo = await createKey(caller, { name: 'Demo', scopes }, { fixed: writeApiKey('test') })
  const { key } = await phone().handOffs.take(codeOf(await clientOf(demo.secret).handOffs.create()))
  expect(await (await database()).apiKey.findUnique({ where: { id: key.id } })).toMatchObject({
    demo: true,
    familyId: demo.id,
  })
  const member = { ...caller, actor: { ...caller.actor, type: 'member' as const } }
  await expect(revokeKey(member, demo.id)).rejects.toMatchObject({ code: 'invalid_request' })
  await revokeKey(member, key.id)
  expect(await refusedWith(clientOf(key.secret).tenant())).toEqual([401, 'api_key_invalid'])
})

test('where many keys work no phone gets another, its code stays good, and the tenant’s own are still made', async () => {
  const { client, tenant, addKey } = await newTenant()
  const code = codeOf(await client.handOffs.create())
  const db = await database()
  const [own] = (await kept(tenant.id)).keys.filter(({ environment }) => environment === 'test')
  if (!own) throw new Error('no key')
  const id = (at: number) => `full${tenant.id}${at}`
  await db.apiKey.createMany({
    data: Array.from({ length: 500 }, (_, at) => ({ ...own, id: id(at), hash: id(at), familyId: id(at) })),
  })
  const before = await kept(tenant.id)
  expect(await refusal(phone().handOffs.take(code))).toMatchObject({ status: 429, code: 'rate_limited' })
  expect(await kept(tenant.id)).toEqual(before)
  await addKey('test', ['passkeys:register'])
  await db.apiKey.deleteMany({ where: { id: { startsWith: `full${tenant.id}` } } })
  expect((await phone().handOffs.take(code)).tenant.id).toBe(tenant.id)
})

test('what was handed on ends with the key that it comes from, once that is revoked, and with no other', async () => {
  const { client, key, tenant, addKey } = await newTenant()
  const maker = await addKey('test', ['passkeys:register', 'passkeys:authenticate'])
  const phones = []
  for (const from of [maker.client, maker.client, client])
    phones.push((await phone().handOffs.take(codeOf(await from.handOffs.create()))).key)
  const [first, second, beside] = phones.map(({ secret }) => clientOf(secret))
  const caller = await actFor(tenant.id, 'test')
  await revokeKey(caller, phones[0]?.id ?? '')
  expect(await refusedWith(first?.tenant() ?? Promise.resolve())).toEqual([401, 'api_key_invalid'])
  for (const works of [second, beside, maker.client]) expect((await works?.tenant())?.tenant.id).toBe(tenant.id)
  await revokeKey(caller, maker.id)
  expect(await refusedWith(second?.tenant() ?? Promise.resolve())).toEqual([401, 'api_key_invalid'])
  expect((await beside?.tenant())?.tenant.id).toBe(tenant.id)
  expect((await clientOf(key.secret).tenant()).tenant.id).toBe(tenant.id)
  const revoked = (await kept(tenant.id)).events.filter(({ action }) => action === 'key.revoked')
  expect(revoked.map(({ targetId, after }) => [targetId, JSON.parse(after ?? '{}').handedOn])).toEqual([
    [phones[0]?.id, undefined],
    [maker.id, 1],
  ])
})

test('where its key is for other addresses, a phone is told so, and the code is still good', async () => {
  const home = await newTenant()
  const maker = await home.addKey('test', ['passkeys:register', 'passkeys:authenticate'])
  const code = codeOf(await maker.client.handOffs.create())
  const caller = await actFor(home.tenant.id, 'test')
  await updateKey(caller, maker.id, { allowedIps: ['203.0.113.7'] })
  expect(await refusedWith(phone().handOffs.take(code))).toEqual([403, 'ip_not_allowed'])
  await updateKey(caller, maker.id, { allowedIps: [] })
  expect((await phone().handOffs.take(code)).tenant.id).toBe(home.tenant.id)
})

test('the audit log says who made it and that it was taken, with the key; usage counts both; the code is kept nowhere', async () => {
  const { client, tenant, key } = await newTenant({
    scopes: ['passkeys:register', 'passkeys:authenticate', 'usage:read'],
  })
  const made = await client.handOffs.create({ username: 'ada' })
  const open = await kept(tenant.id)
  expect(open.handOffs).toMatchObject([{ username: 'ada', keyId: key.id, takenAt: null }])
  const taken = await phone().handOffs.take(codeOf(made))
  const { events, handOffs, keys } = await kept(tenant.id)
  const by = { actorType: 'key', actorId: key.id }
  expect(events.slice(-3)).toMatchObject([
    { action: 'hand_off.created', targetId: made.id, ...by },
    { action: 'key.created', targetId: taken.key.id, ...by },
    { action: 'hand_off.taken', targetId: made.id, ...by, after: JSON.stringify({ keyId: taken.key.id }) },
  ])
  expect(handOffs).toMatchObject([{ username: null, options: null, takenAt: expect.any(Date) }])
  const { data } = await client.usage({ groupBy: 'operation' })
  for (const operation of ['handoffs.create', 'handoffs.take'])
    expect(data).toContainEqual(expect.objectContaining({ operation, requests: 1, errors: 0 }))
  const code = codeOf(made)
  const text = JSON.stringify([open, { events, handOffs, keys }])
  for (const secret of [code, taken.key.secret, createHash('sha256').update(code).digest('base64url')])
    expect(text).not.toContain(secret)
})

test('another tenant’s and the other environment’s are as unknown as one that never was', async () => {
  const { client, addKey } = await newTenant()
  const { id } = await client.handOffs.create()
  const { client: other } = await newTenant()
  const live = await addKey('live', ['passkeys:register'])
  for (const stranger of [other, live.client]) {
    const foreign = await refusal(stranger.handOffs.read(id))
    const unknown = await refusal(stranger.handOffs.read('hof_00000000000000'))
    expect(foreign.code).toBe('not_found')
    expect({ ...foreign, requestId: '' }).toEqual({ ...unknown, requestId: '' })
  }
  expect((await client.handOffs.read(id)).status).toBe('open')
})

test('a key has twenty codes open at once; there is room again when one is taken, and for one in place of another', async () => {
  const { client, tenant } = await newTenant()
  const made = []
  for (let count = 0; count < 20; count++) made.push(await client.handOffs.create())
  const before = await kept(tenant.id)
  const refused = await refusal(client.handOffs.create())
  expect(refused).toMatchObject({ status: 429, code: 'rate_limited', detail: expect.stringMatching(/20 codes/) })
  expect(await kept(tenant.id)).toEqual(before)
  await phone().handOffs.take(codeOf(made[0] ?? { url: '' }))
  await client.handOffs.create()
  await client.handOffs.create({ replaces: made[7]?.id })
  expect(await refusedWith(client.handOffs.create())).toEqual([429, 'rate_limited'])
})

test('a code that is made in place of another ends it, and no other’s', async () => {
  const { client, tenant, addKey } = await newTenant()
  const scopes = ['passkeys:register' as const, 'passkeys:authenticate' as const]
  const other = await addKey('test', scopes)
  const [first, beside] = [await client.handOffs.create({ username: 'ada' }), await client.handOffs.create()]
  const foreign = await other.client.handOffs.create()
  const next = await client.handOffs.create({ replaces: first.id })
  const nothing = await client.handOffs.create({ replaces: foreign.id })
  const statusOf = async ({ id }: { id: string }) => (await client.handOffs.read(id)).status
  expect(await Promise.all([first, beside, foreign, next].map(statusOf))).toEqual(['ended', 'open', 'open', 'open'])
  const before = await kept(tenant.id)
  const refused = await refusal(phone().handOffs.take(codeOf(first)))
  expect(refused).toMatchObject({ status: 404, code: 'not_found', detail: expect.stringMatching(/in its place/) })
  expect(await kept(tenant.id)).toEqual(before)
  expect(before.handOffs.find(({ id }) => id === first.id)).toMatchObject({ username: null, takenAt: null })
  expect(before.events.find(({ targetId }) => targetId === next.id)).toMatchObject({
    action: 'hand_off.created',
    after: JSON.stringify({ replaces: first.id }),
  })
  // The log says of none that it was replaced which was not.
  expect(before.events.find(({ targetId }) => targetId === nothing.id)).toMatchObject({ after: null })
  for (const code of [beside, foreign, next]) expect((await phone().handOffs.take(codeOf(code))).key.id).toBeTruthy()
  // What was taken stays taken.
  await client.handOffs.create({ replaces: next.id })
  expect(await statusOf(next)).toBe('taken')
})

test('a body that is none is refused, and takes nothing', async () => {
  const { client, key, tenant } = await newTenant()
  const code = codeOf(await client.handOffs.create())
  const before = await kept(tenant.id)
  const json = { 'Content-Type': 'application/json' }
  const taking = (body: unknown) => send('POST', '/v1/hand-offs/take', { headers: json, body: JSON.stringify(body) })
  for (const body of [{}, { code: '' }, { code: 1 }, { code: 'x'.repeat(65) }, { code, tenantId: 'x' }, []])
    expect(await taking(body)).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
  const wrong = [
    { username: ' ' },
    { options: { registration: { extensions: 'x'.repeat(16_400) } } },
    { options: { other: {} } },
    { scopes: ['keys:manage'] },
    { replaces: 7 },
  ]
  for (const body of wrong)
    expect(await sendAs(key.secret, 'POST', '/v1/hand-offs', body)).toMatchObject({ status: 400 })
  expect(await kept(tenant.id)).toEqual(before)
  // A page of any origin may take it, and whatever stands beside the code is no key.
  const answer = await send('POST', '/v1/hand-offs/take', {
    headers: { ...json, Origin: 'https://elsewhere.example', Authorization: 'Bearer nonsense' },
    body: JSON.stringify({ code }),
  })
  expect(answer.status).toBe(201)
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

test.runIf(mount === 'in memory')('who takes without end from one address is told to wait', async () => {
  await closeLimits()
  const statuses: number[] = []
  for (let count = 0; count <= 100; count++) {
    const headers = { 'Content-Type': 'application/json' }
    statuses.push((await send('POST', '/v1/hand-offs/take', { headers, body: '{"code":"x"}' })).status)
  }
  // Nobody has an address here: others would wait, too.
  await closeLimits()
  expect(new Set(statuses.slice(0, 100))).toEqual(new Set([404]))
  expect(statuses.at(-1)).toBe(429)
})
