import { expect, test } from 'vitest'
import type { Scope } from '#lib/contract/scopes.ts'
import { database } from '../../db/database.ts'
import { expectProblem, newTenant, refusal, refusedWith } from './harness.ts'
import { sendAs } from './keys-harness.ts'

const scopes: Scope[] = ['skills:list', 'skills:execute']
const story = [
  'The lighthouse keeper wrote about the storm in the lighthouse log every night.',
  'Bread was cheap that year.',
  'The storm broke the lamp of the lighthouse, and the keeper wrote that the lighthouse was dark.',
  'Ships that passed the dark lighthouse in the storm could not see the keeper.',
  'A cat slept.',
].join(' ')

const runsOf = async (tenantId: string) =>
  (await database()).skillRun.findMany({ where: { tenantId }, orderBy: { startedAt: 'asc' } })

test('the second source’s own call works as it stands', async () => {
  const { key } = await newTenant({ scopes })
  const answer = await sendAs(key.secret, 'POST', '/v1/skills/execute', {
    skill_id: 'text-summarizer',
    input: { text: story, sentences: 2 },
  })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
  expect(answer.body).toMatchObject({
    id: expect.stringMatching(/^run_\w{24}$/),
    skillId: 'text-summarizer',
    environment: 'test',
    cost: { amount: 0, currency: 'USD' },
    durationMs: expect.any(Number),
    output: { language: 'en', considered: 5, summary: expect.stringContaining('lighthouse') },
  })
  expect(answer.body.output.sentences).toHaveLength(2)
})

test('skills are listed in pages, with the schemas of what goes in and comes out', async () => {
  const { client } = await newTenant({ scopes })
  const { data, nextCursor } = await client.skills.list()
  expect([data.map(({ id }) => id), nextCursor]).toEqual([
    ['text-summarizer', 'jwt.inspect', 'webauthn.decode', 'signature.verify'],
    null,
  ])
  for (const skill of data) {
    expect(skill).toMatchObject({
      kind: 'built_in',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      inputSchema: { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' },
      outputSchema: { type: 'object' },
      price: { amount: expect.any(Number), currency: 'USD' },
    })
    expect(await client.skills.get(skill.id)).toEqual(skill)
  }
  const first = await client.skills.list({ limit: 3 })
  const rest = await client.skills.list({ limit: 3, cursor: first.nextCursor ?? '' })
  expect([...first.data, ...rest.data]).toEqual(data)
  expect(await refusedWith(client.skills.get('nothing'))).toEqual([404, 'skill_unknown'])
})

test('each scope opens its own half alone', async () => {
  const { addKey } = await newTenant()
  const [lists, executes] = [await addKey('test', ['skills:list']), await addKey('test', ['skills:execute'])]
  const input = { algorithm: 'Ed25519', publicKey: '00', message: '', signature: '00' }
  const denied = [403, 'insufficient_scope']
  expect((await lists.client.skills.list()).data.length).toBeGreaterThan(0)
  expect(await refusedWith(lists.client.skills.execute({ skillId: 'signature.verify', input }))).toEqual(denied)
  expect(await refusedWith(lists.client.skills.runs.list())).toEqual(denied)
  expect((await executes.client.skills.execute({ skillId: 'signature.verify', input })).output).toMatchObject({
    valid: false,
  })
  expect((await executes.client.skills.runs.list()).data).toHaveLength(1)
  expect(await refusedWith(executes.client.skills.list())).toEqual(denied)
  expect(await refusedWith(executes.client.skills.get('jwt.inspect'))).toEqual(denied)
})

test('input that is not of the schema is refused with where and what, and no run is made', async () => {
  const { client, tenant } = await newTenant({ scopes })
  const wrong = await refusal(
    client.skills.execute({ skillId: 'text-summarizer', input: { txt: 'x', sentences: 99, 'a/b~c': 1 } }),
  )
  expect([wrong.status, wrong.code]).toEqual([400, 'skill_input_invalid'])
  expect(wrong.issues).toEqual(
    expect.arrayContaining([
      { path: '/text', message: 'is missing' },
      { path: '/txt', message: 'is not known here' },
      { path: '/a~1b~0c', message: 'is not known here' },
      { path: '/sentences', message: 'must be 20 or less' },
    ]),
  )
  for (const input of [null, 'text', 7, []]) {
    expect(await refusedWith(client.skills.execute({ skillId: 'text-summarizer', input }))).toEqual([
      400,
      'skill_input_invalid',
    ])
  }
  expect(await runsOf(tenant.id)).toEqual([])
  await client.skills.execute({ skill_id: 'text-summarizer', input: { text: 'One.' } })
  expect(await runsOf(tenant.id)).toHaveLength(1)
})

test('a request that is no execution, or of a skill that is not there, makes no run', async () => {
  const { key, tenant } = await newTenant({ scopes })
  const post = (body: unknown) => sendAs(key.secret, 'POST', '/v1/skills/execute', body)
  for (const body of [{}, { skill_id: 'text-summarizer' }, { input: {} }, { skill_id: '', input: {} }]) {
    expectProblem(await post(body), [400, 'invalid_request'])
  }
  expectProblem(await post({ skill_id: 'jwt.inspect', input: { token: 'x' }, price: 0 }), [400, 'invalid_request'])
  for (const input of ['\ud800', { token: 'a\udc00' }, { '\ud800': 'x' }]) {
    expectProblem(await post({ skill_id: 'jwt.inspect', input }), [400, 'invalid_request'])
  }
  for (const skill_id of ['nothing', 'runs', 'Text-Summarizer', '__proto__']) {
    expectProblem(await post({ skill_id, input: {} }), [404, 'skill_unknown'])
  }
  expect(await runsOf(tenant.id)).toEqual([])
  expect((await post({ skill_id: 'jwt.inspect', input: { token: 'x' } })).status).toBe(200)
})

test('a run is kept with size and hash of its input, and with its output', async () => {
  const { client, tenant } = await newTenant({ scopes })
  const { id, output } = await client.skills.execute({ skillId: 'jwt.inspect', input: { token: 'secret-looking' } })
  const run = await client.skills.runs.get(id)
  expect(run).toMatchObject({
    id,
    skillId: 'jwt.inspect',
    skillVersion: '1.0.0',
    status: 'succeeded',
    input: { bytes: 26, sha256: expect.stringMatching(/^[\w-]{43}$/) },
    output,
    error: null,
  })
  const { output: _, ...listed } = run
  expect((await client.skills.runs.list()).data).toEqual([listed])
  expect((await client.skills.runs.list({ skillId: 'text-summarizer' })).data).toEqual([])
  const kept = JSON.stringify(await runsOf(tenant.id))
  expect(kept).toContain(id)
  expect(kept).not.toContain('secret-looking')
})

test('runs are listed newest first, in pages', async () => {
  const { client } = await newTenant({ scopes })
  const ids: string[] = []
  for (const token of ['a', 'b', 'c']) {
    ids.unshift((await client.skills.execute({ skillId: 'jwt.inspect', input: { token } })).id)
  }
  const first = await client.skills.runs.list({ limit: 2 })
  const rest = await client.skills.runs.list({ limit: 2, cursor: first.nextCursor ?? '' })
  expect([first.data.length, rest.nextCursor]).toEqual([2, null])
  expect([...first.data, ...rest.data].map(({ id }) => id).sort()).toEqual(ids.sort())
})

test('another tenant’s run, and the other environment’s, do not exist', async () => {
  const { client, addKey } = await newTenant({ scopes })
  const { id } = await client.skills.execute({ skillId: 'jwt.inspect', input: { token: 'x' } })
  const others = [(await newTenant({ scopes })).client, (await addKey('live', scopes)).client]
  for (const other of others) {
    expect(await refusedWith(other.skills.runs.get(id))).toEqual([404, 'not_found'])
    expect((await other.skills.runs.list()).data).toEqual([])
  }
  expect((await client.skills.runs.get(id)).id).toBe(id)
})

test('the same Idempotency-Key gives the same run, and another request with it is refused', async () => {
  const { client, tenant } = await newTenant({ scopes })
  const idempotencyKey = crypto.randomUUID()
  const execution = { skillId: 'text-summarizer', input: { text: story, sentences: 1 } }
  const first = await client.skills.execute(execution, { idempotencyKey })
  const reordered = { skillId: 'text-summarizer', input: { sentences: 1, text: story } }
  for (const again of [execution, reordered]) {
    expect(await client.skills.execute(again, { idempotencyKey })).toEqual(first)
  }
  const other = { skillId: 'text-summarizer', input: { text: story, sentences: 2 } }
  expect(await refusedWith(client.skills.execute(other, { idempotencyKey }))).toEqual([409, 'idempotency_conflict'])
  expect(await runsOf(tenant.id)).toHaveLength(1)
  expect((await client.skills.execute(other)).id).not.toBe(first.id)
})

test('of ten of one request at once, one runs; the others get its answer, or are told that it is under way', async () => {
  const { tenant, addKey } = await newTenant({ type: 'live' })
  const { client } = await addKey('live', scopes)
  const idempotencyKey = crypto.randomUUID()
  const execution = { skillId: 'jwt.inspect', input: { token: 'x' } }
  const answers = await Promise.allSettled(
    Array.from({ length: 10 }, () => client.skills.execute(execution, { idempotencyKey })),
  )
  const given = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  expect(new Set(given.map(({ id }) => id)).size).toBe(1)
  for (const answer of answers) {
    if (answer.status === 'rejected') {
      expect(answer.reason).toMatchObject({ code: 'idempotency_conflict', retryAfter: expect.any(Number) })
    }
  }
  expect(await runsOf(tenant.id)).toHaveLength(1)
  expect(await client.skills.execute(execution, { idempotencyKey })).toEqual(given[0])
})

test('a request that was refused may come again with the same Idempotency-Key, put right', async () => {
  const { client } = await newTenant({ scopes })
  const idempotencyKey = crypto.randomUUID()
  const wrong = { skillId: 'jwt.inspect', input: {} }
  expect(await refusedWith(client.skills.execute(wrong, { idempotencyKey }))).toEqual([400, 'skill_input_invalid'])
  const right = { skillId: 'jwt.inspect', input: { token: 'x' } }
  expect((await client.skills.execute(right, { idempotencyKey })).skillId).toBe('jwt.inspect')
})

test('executions count in usage as operations of their own', async () => {
  const { client, addKey } = await newTenant({ scopes })
  const { id } = await client.skills.execute({ skillId: 'jwt.inspect', input: { token: 'x' } })
  await client.skills.runs.get(id)
  await client.skills.list()
  await refusal(client.skills.execute({ skillId: 'jwt.inspect', input: {} }))
  const { client: reader } = await addKey('test', ['usage:read'])
  const { data } = await reader.usage({ groupBy: 'operation' })
  expect(data).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ operation: 'skills.execute', requests: 2, errors: 1 }),
      expect.objectContaining({ operation: 'skills.runs.read', requests: 1, errors: 0 }),
      expect.objectContaining({ operation: 'skills.list', requests: 1, errors: 0 }),
    ]),
  )
})
