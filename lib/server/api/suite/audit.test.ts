import { beforeAll, expect, test } from 'vitest'
import type { AuditEvent } from '#lib/contract/audit.ts'
import { listAudit } from '../../audit/audit.ts'
import { type Answer, endKey, mount } from './harness.ts'
import { managedTenant, sendAs } from './keys-harness.ts'

let home: Awaited<ReturnType<typeof managedTenant>>
beforeAll(async () => {
  home = await managedTenant()
})

/** What the log gained by some requests, oldest first. */
async function eventsOf(requests: () => Promise<unknown>): Promise<AuditEvent[]> {
  const events = async () => (await listAudit(home.tenant.id, { limit: 100 })).data
  const [last] = await events()
  await requests()
  return (await events()).filter(({ id }) => id > (last?.id ?? '')).reverse()
}

const as = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  sendAs(home.manager.secret, method, path, body, headers)

const wanted = { name: 'CI', scopes: ['usage:read'] }

/** What every event has of the request that made it. */
function eventBy(answer: Answer, action: string, target: { id: string; name: string }) {
  return {
    id: expect.stringMatching(/^[\da-z]{24}$/),
    at: expect.stringMatching(/Z$/),
    environment: 'live',
    action,
    actor: { type: 'key', id: home.manager.id, name: 'test' },
    address: mount === 'start' ? expect.stringMatching(/^(?:127\.0\.0\.1|::1)$/) : null,
    requestId: answer.headers.get('x-request-id'),
    target,
    user: null,
  }
}

/** What the log shows of a key. */
function auditedOf({ body }: Answer) {
  const { name, type, hint, scopes, tier, allowedIps, createdAt, expiresAt, revokedAt } = body
  return { name, type, hint, scopes, tier, allowedIps, createdAt, expiresAt, revokedAt }
}

test('each change of a key is one event: who, from where, in which request, before and after', async () => {
  const answers: Answer[] = []
  const events = await eventsOf(async () => {
    const create = await as('POST', '/v1/keys', wanted)
    const path = `/v1/keys/${create.body.id}`
    const update = await as('PATCH', path, { name: 'CI 2', allowedIps: ['203.0.113.7'] })
    const rotate = await as('POST', `${path}/rotate`, { overlapSeconds: 60 })
    const revoke = await as('POST', `/v1/keys/${rotate.body.id}/revoke`)
    answers.push(create, update, rotate, revoke)
  })
  const [create, update, rotate, revoke] = answers as [Answer, Answer, Answer, Answer]
  expect(answers.map(({ status }) => status)).toEqual([201, 200, 201, 200])
  const [first, second] = [create.body.id, rotate.body.id]
  expect(events).toEqual([
    { ...eventBy(create, 'key.created', { id: first, name: 'CI' }), before: null, after: auditedOf(create) },
    {
      ...eventBy(update, 'key.updated', { id: first, name: 'CI 2' }),
      before: auditedOf(create),
      after: auditedOf(update),
    },
    {
      ...eventBy(rotate, 'key.rotated', { id: second, name: 'CI 2' }),
      before: auditedOf(update),
      after: { ...auditedOf(rotate), predecessorId: first, overlapSeconds: 60 },
    },
    {
      ...eventBy(revoke, 'key.revoked', { id: second, name: 'CI 2' }),
      before: auditedOf(rotate),
      after: auditedOf(revoke),
    },
  ])
  const log = JSON.stringify(events)
  for (const { secret } of [create.body, rotate.body, home.manager]) expect(log).not.toContain(secret.slice(21, 64))
})

test('a change that is refused, and one that changes nothing, is no event', async () => {
  const weak = await home.addKey('live', ['keys:manage'])
  const strong = await home.addKey('live', ['usage:read'])
  const revoked = await home.addKey('live', ['usage:read'])
  await revoked.revoke()
  const key = { 'Idempotency-Key': crypto.randomUUID() }
  await as('POST', '/v1/keys', wanted, key)
  const statuses: number[] = []
  const events = await eventsOf(async () => {
    const answers = [
      await as('POST', '/v1/keys', { ...wanted, name: '' }),
      await as('POST', '/v1/keys', { ...wanted, type: 'test' }),
      await as('POST', '/v1/keys', { ...wanted, name: 'Other' }, key),
      await as('POST', '/v1/keys', wanted, key),
      await as('PATCH', `/v1/keys/${strong.id}`, { scopes: ['usage:read', 'mpc:sign'] }),
      await as('PATCH', `/v1/keys/${revoked.id}`, { name: 'Alive' }),
      await as('PATCH', '/v1/keys/000000000000', { name: 'Nobody' }),
      await as('POST', `/v1/keys/${revoked.id}/revoke`),
      await as('POST', `/v1/keys/${revoked.id}/rotate`, {}),
      await as('POST', `/v1/keys/${strong.id}/allowlist/test`, { ip: '203.0.113.7' }),
      await as('GET', `/v1/keys/${strong.id}`),
      await sendAs(weak.secret, 'POST', '/v1/keys', wanted),
      await sendAs(weak.secret, 'POST', `/v1/keys/${strong.id}/rotate`, {}),
      await sendAs(strong.secret, 'POST', `/v1/keys/${strong.id}/revoke`),
    ]
    statuses.push(...answers.map(({ status }) => status))
  })
  expect(statuses).toEqual([400, 403, 409, 201, 403, 404, 404, 200, 404, 200, 200, 403, 403, 403])
  expect(events).toEqual([])
  expect(await eventsOf(() => as('PATCH', `/v1/keys/${strong.id}`, { name: 'Renamed' }))).toHaveLength(1)
})

test('who revokes a key beside another is told from them, and only the one who did it is logged', async () => {
  const { id } = await home.addKey('live', ['usage:read'])
  const events = await eventsOf(() =>
    Promise.all(Array.from({ length: 10 }, () => as('POST', `/v1/keys/${id}/revoke`))),
  )
  expect(events.map(({ action, target }) => [action, target.id])).toEqual([['key.revoked', id]])
})

test('what the operator does is theirs, from nowhere and in no request', async () => {
  const events = await eventsOf(async () => {
    const { revoke } = await home.addKey('test', ['usage:read'])
    await revoke()
  })
  expect(events).toMatchObject(
    ['key.created', 'key.revoked'].map((action) => ({
      action,
      environment: 'test',
      actor: { type: 'operator', id: 'operator', name: 'Operator' },
      address: null,
      requestId: null,
    })),
  )
})

test('the end of a key by its time is nobody’s doing', async () => {
  const { id, client } = await home.addKey('live', ['usage:read'])
  const events = await eventsOf(async () => {
    await endKey(id, new Date(Date.now() - 1))
    await client.tenant().catch(() => undefined)
  })
  expect(events).toEqual([])
})
