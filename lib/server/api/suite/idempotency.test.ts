import { beforeAll, expect, test } from 'vitest'
import { clientOf, expectProblem, newTenant, refusedWith } from './harness.ts'
import { managedTenant, sendAs } from './keys-harness.ts'
import { quietHook } from './webhooks-harness.ts'

let home: Awaited<ReturnType<typeof managedTenant>>
beforeAll(async () => {
  home = await managedTenant()
})

const wanted = { name: 'CI', scopes: ['usage:read' as const] }
const once = () => ({ idempotencyKey: crypto.randomUUID() })
const conflict = [409, 'idempotency_conflict']

test('a key that is asked for twice with one Idempotency-Key is made once, and its secret shown once', async () => {
  const extra = once()
  const { secret, ...made } = await home.keys.create(wanted, extra)
  const before = await home.kept()
  const again = await home.keys.create(wanted, extra)
  expect(again).toEqual(made)
  expect(again).not.toHaveProperty('secret')
  expect(await home.kept()).toEqual(before)
  expect((await clientOf(secret ?? '').tenant()).key?.id).toBe(made.id)
  expect((await home.keys.create(wanted, once())).id).not.toBe(made.id)
  expect((await home.keys.create(wanted)).id).not.toBe(made.id)
})

test('members in another order and defaults that are said are the same request', async () => {
  const extra = once()
  const { id } = await home.keys.create(wanted, extra)
  const same = {
    tier: 'standard' as const,
    allowedIps: [],
    ...{ scopes: wanted.scopes, name: ' CI ' },
    type: 'live' as const,
  }
  expect(await home.keys.create(same, extra)).toMatchObject({ id })
})

test('a rotation that is asked for twice with one Idempotency-Key happens once', async () => {
  const { id } = await home.addKey('live', ['usage:read'])
  const extra = once()
  const { secret, ...made } = await home.keys.rotate(id, { overlapSeconds: 600 }, extra)
  expect(secret).toMatch(/^sk_live_/)
  const before = await home.kept()
  const again = await home.keys.rotate(id, { overlapSeconds: 600 }, extra)
  expect(again).toEqual(made)
  expect(again).not.toHaveProperty('secret')
  expect(await home.kept()).toEqual(before)
})

test('and so it is with everything else that has a secret', async () => {
  const { oauthClients, webhooks } = home.manager.client
  const app = {
    ...{ name: 'Backend', type: 'confidential' as const, redirectUris: ['https://app.example/cb'] },
    scopes: ['openid' as const],
  }
  const [one, other] = [await oauthClients.create(app), await oauthClients.create(app)]
  const [here, there] = [await webhooks.create(quietHook), await webhooks.create(quietHook)]
  type Made = { clientSecret?: string | undefined; secret?: string | undefined }
  const rows: [ask: (extra: object) => Promise<Made>, another: (extra: object) => Promise<Made>][] = [
    [(extra) => oauthClients.create(app, extra), (extra) => oauthClients.create({ ...app, name: 'Other' }, extra)],
    [(extra) => oauthClients.addSecret(one.clientId, extra), (extra) => oauthClients.addSecret(other.clientId, extra)],
    [(extra) => webhooks.create(quietHook, extra), (extra) => webhooks.rotateSecret(here.id, extra)],
    [(extra) => webhooks.rotateSecret(here.id, extra), (extra) => webhooks.rotateSecret(there.id, extra)],
  ]
  for (const [ask, another] of rows) {
    const extra = once()
    const { clientSecret, secret = clientSecret, ...made } = await ask(extra)
    expect(secret).toMatch(/^(?:cs|whsec)_/)
    const before = await home.kept()
    expect(await ask(extra)).toEqual(made)
    expect(await refusedWith(another(extra))).toEqual(conflict)
    expect(await home.kept()).toEqual(before)
    expect(await another(once())).toMatchObject({ [clientSecret ? 'clientSecret' : 'secret']: expect.any(String) })
  }
})

test('a rotation that ended its key can be asked for again, too', async () => {
  const { id } = await home.addKey('live', ['usage:read'])
  const extra = once()
  const { secret: _, ...made } = await home.keys.rotate(id, { overlapSeconds: 0 }, extra)
  expect(await home.keys.rotate(id, { overlapSeconds: 0 }, extra)).toEqual(made)
  expect(await refusedWith(home.keys.rotate(id, { overlapSeconds: 0 }, once()))).toEqual([404, 'not_found'])
})

test('one Idempotency-Key with another request is refused, and changes nothing', async () => {
  const [first, second] = [await home.addKey('live', ['usage:read']), await home.addKey('live', ['usage:read'])]
  const [forCreate, forRotate] = [once(), once()]
  await home.keys.create(wanted, forCreate)
  await home.keys.rotate(first.id, { overlapSeconds: 60 }, forRotate)
  const before = await home.kept()
  const others = [
    home.keys.create({ ...wanted, name: 'Other' }, forCreate),
    home.keys.create({ ...wanted, scopes: ['usage:read', 'mpc:sign'] }, forCreate),
    home.keys.create({ ...wanted, tier: 'enterprise' }, forCreate),
    home.keys.rotate(first.id, {}, forCreate),
    home.keys.rotate(first.id, { overlapSeconds: 61 }, forRotate),
    home.keys.rotate(second.id, { overlapSeconds: 60 }, forRotate),
    home.keys.create(wanted, forRotate),
  ]
  for (const refused of await Promise.all(others.map(refusedWith))) expect(refused).toEqual(conflict)
  expect(await home.kept()).toEqual(before)
  expect((await home.keys.rotate(second.id, { overlapSeconds: 60 }, once())).predecessorId).toBe(second.id)
})

test('a request that was refused may come again with the same Idempotency-Key, put right', async () => {
  const extra = once()
  const weak = await home.addKey('live', ['keys:manage'])
  expect(await refusedWith(weak.client.keys.create(wanted, extra))).toEqual([403, 'insufficient_scope'])
  expect(await refusedWith(home.keys.create({ ...wanted, name: '' }, extra))).toEqual([400, 'invalid_request'])
  const ended = await home.addKey('live', ['usage:read'])
  await ended.revoke()
  for (const _ of ['first', 'again']) {
    expect(await refusedWith(home.keys.rotate(ended.id, {}, extra))).toEqual([404, 'not_found'])
  }
  expect((await home.keys.create(wanted, extra)).secret).toMatch(/^sk_live_/)
})

test('of ten of one request at once, one makes the key and gets its secret', async () => {
  const extra = once()
  const before = (await home.kept()).keys.length
  const answers = await Promise.all(Array.from({ length: 10 }, () => home.keys.create(wanted, extra)))
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
  expect(answers.filter(({ secret }) => secret)).toHaveLength(1)
  expect((await home.kept()).keys).toHaveLength(before + 1)
})

test('an Idempotency-Key means something to its own environment only', async () => {
  const extra = once()
  const other = await newTenant({ type: 'live', scopes: ['keys:manage', 'usage:read'] })
  const test = await home.addKey('test', ['keys:manage', 'usage:read'])
  const made = [
    await home.keys.create(wanted, extra),
    await other.client.keys.create(wanted, extra),
    await test.client.keys.create(wanted, extra),
  ]
  expect(new Set(made.map(({ id }) => id)).size).toBe(3)
  for (const { secret } of made) expect(secret).toMatch(/^sk_/)
})

test.each(['', 'a b', 'é', 'x'.repeat(256)])('“%s” is no Idempotency-Key', async (key) => {
  const before = await home.kept()
  const answer = await sendAs(home.manager.secret, 'POST', '/v1/keys', wanted, { 'Idempotency-Key': key })
  expectProblem(answer, [400, 'invalid_request'])
  expect(answer.body.issues[0].path).toBe('Idempotency-Key')
  expect(await home.kept()).toEqual(before)
  const longest = `${crypto.randomUUID()}${'~'.repeat(219)}`
  expect(longest).toHaveLength(255)
  const good = await sendAs(home.manager.secret, 'POST', '/v1/keys', wanted, { 'Idempotency-Key': longest })
  expect(good.status).toBe(201)
})
