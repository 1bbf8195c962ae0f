import type { ServerResponse } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { RemoteSkillCreate } from '#lib/contract/skills.ts'
import type { Caller } from '../caller.ts'
import { clock } from '../clock.ts'
import { database } from '../db/database.ts'
import { env } from '../env.ts'
import { resolver } from '../outbound/resolver.ts'
import type { Problem } from '../problem.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { endpoint, type Got } from './endpoint-for-tests.ts'
import { executeSkill } from './execute.ts'
import { createSkill, removeSkill, rotateSkillSecret, updateSkill } from './remote.ts'
import { readManagedRun, readRun } from './runs/runs.ts'
import { previewOf, tryOut } from './try-out.ts'

// Threads are ended in these: on a busy machine each takes its time to come up again.
vi.setConfig({ testTimeout: 90_000 })

const { now } = clock
const { addressesOf } = resolver
const endpoints: Awaited<ReturnType<typeof endpoint>>[] = []
let caller: Caller

beforeEach(async () => {
  env().webhookAllowPrivate = true
  const slug = `s-${crypto.randomUUID().slice(0, 13)}`
  caller = await actFor((await createTenant({ name: 'Acme', slug })).id, 'test')
})
afterEach(() => {
  clock.now = now
  resolver.addressesOf = addressesOf
})
afterAll(() => Promise.all(endpoints.map(({ close }) => close())))

type Answer = (outgoing: ServerResponse, got: Got) => void
const answering = async (answer: Answer) => {
  const made = await endpoint(answer)
  endpoints.push(made)
  return made
}
const saying =
  (value: unknown, status = 200): Answer =>
  (outgoing) =>
    outgoing.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))

const schemas = {
  inputSchema: { type: 'object', required: ['text'], properties: { text: { type: 'string' } } },
  outputSchema: {
    type: 'object',
    required: ['length'],
    properties: { length: { type: 'integer' } },
    additionalProperties: false,
  },
}
const register = (url: string, more: Partial<RemoteSkillCreate> = {}) =>
  createSkill(caller, { id: 'acme.count', name: 'Count', url, ...schemas, ...more })
const execute = async (input: unknown = { text: 'four' }, once?: string) =>
  JSON.parse(await executeSkill(caller, { skill_id: 'acme.count', input }, once))
const refused = (running: Promise<unknown>): Promise<Problem> =>
  running.then(
    () => expect.unreachable(),
    (error) => error,
  )
const managed = async (id: string) => JSON.parse(await readManagedRun(caller, id))

test('an endpoint gets the call, signed so that the stock library verifies it, and what it answers comes back', async () => {
  const { url, got } = await answering(saying({ length: 4 }))
  const { secret } = await register(url)
  const run = await execute({ text: 'four', more: ['ä'] })
  expect(run).toMatchObject({ skillId: 'acme.count', output: { length: 4 }, environment: 'test', cost: { amount: 0 } })
  expect(got).toHaveLength(1)
  const [{ headers, body } = { headers: {}, body: '' }] = got
  const { id, name } = caller.tenant
  expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual({
    runId: run.id,
    skillId: 'acme.count',
    environment: 'test',
    tenant: { id, name },
    input: { text: 'four', more: ['ä'] },
  })
  expect(headers['webhook-id']).toBe(run.id)
  expect(() => new Webhook(secret).verify(`${body} `, headers as Record<string, string>)).toThrow()
  expect(() => new Webhook(`whsec_${btoa('another secret')}`).verify(body, headers as Record<string, string>)).toThrow()
})

test('after a rotation both secrets verify a call, for a day', async () => {
  const { url, got } = await answering(saying({ length: 4 }))
  const before = (await register(url)).secret
  const after = (await rotateSkillSecret(caller, 'acme.count')).secret
  const verifies = (secret: string) => {
    const { headers, body } = got.at(-1) as Got
    try {
      new Webhook(secret).verify(body, headers as Record<string, string>)
      return true
    } catch {
      return false
    }
  }
  await execute()
  expect([verifies(before), verifies(after)]).toEqual([true, true])
  const at = now()
  // What the library takes for now is the machine's own time, so the signature's is turned with it.
  clock.now = () => at + 25 * 3_600_000
  await execute()
  expect(got.at(-1)?.headers['webhook-signature']?.toString().split(' ')).toHaveLength(1)
})

const failing: [what: string, reason: string, answer: Answer, status: number | null, excerpt: RegExp][] = [
  ['answers with an error', 'status', saying({ secret: 'of the endpoint' }, 500), 500, /of the endpoint/],
  [
    'redirects',
    'redirect',
    (outgoing) => outgoing.writeHead(302, { Location: 'http://localhost:1/' }).end('Over there'),
    302,
    /Over there/,
  ],
  ['answers with 3 MB', 'too_large', (outgoing) => outgoing.end(`"${'x'.repeat(3_000_000)}"`), 200, /^"x{1999}$/],
  ['answers with what is no JSON', 'not_json', (outgoing) => outgoing.end('<h1>Hello</h1>'), 200, /Hello/],
  ['answers with nothing', 'not_json', (outgoing) => outgoing.end(), 200, /^$/],
  [
    'answers another schema',
    'output_invalid',
    saying({ length: '4', key: 'of the endpoint' }),
    200,
    /\/length is no integer/,
  ],
  ['closes the connection', 'refused', (outgoing) => outgoing.destroy(), null, /ended before/],
  [
    'closes in the middle',
    'refused',
    (outgoing) => {
      outgoing.writeHead(200, { 'Content-Length': 100 }).write('{"length"')
      setImmediate(() => outgoing.destroy())
    },
    null,
    /ended before/,
  ],
]

test.each(failing)(
  'an endpoint that %s fails the run, and tells nobody but those who look after it',
  async (...given) => {
    const [, reason, answer, status, excerpt] = given
    const { url } = await answering(answer)
    await register(url)
    const problem = await refused(execute())
    expect([problem.status, problem.code, problem.details.run?.reason]).toEqual([502, 'skill_failed', reason])
    expect(problem.detail).not.toMatch(/of the endpoint|Hello|Over there|integer/)
    const id = problem.details.run?.runId ?? ''
    const told = await readRun(caller, id)
    expect(JSON.parse(told)).toMatchObject({ status: 'failed', output: null, cost: { amount: 0 }, error: { reason } })
    expect(told).not.toMatch(/of the endpoint|Hello|Over there|xxxx/)
    expect(await managed(id)).toMatchObject({ answerStatus: status, excerpt: expect.stringMatching(excerpt) })
    const { url: good } = await answering(saying({ length: 4 }))
    await updateSkill(caller, 'acme.count', { url: good })
    expect((await execute()).output).toEqual({ length: 4 })
  },
)

test.each<[string, Answer]>([
  ['never answers', () => undefined],
  [
    'trickles its answer',
    (outgoing) => {
      const timer = setInterval(() => outgoing.write(' '), 20)
      outgoing.once('close', () => clearInterval(timer))
    },
  ],
])('an endpoint that %s has its time, and no more', async (_, answer) => {
  const { url } = await answering(answer)
  await register(url, { timeoutSeconds: 1 })
  const problem = await refused(execute())
  expect([problem.status, problem.code, problem.details.run?.reason]).toEqual([504, 'skill_timeout', 'timeout'])
})

test('a refused connection, and a name that has no address, fail the run', async () => {
  const { url, close } = await answering(saying({}))
  await close()
  await register(url)
  expect((await refused(execute())).details.run?.reason).toBe('refused')
  resolver.addressesOf = async () => []
  await updateSkill(caller, 'acme.count', { url: 'https://nowhere.example/' })
  expect((await refused(execute())).details.run?.reason).toBe('dns')
})

test.each(['127.0.0.1', '10.1.2.3', '::1', '::ffff:169.254.169.254', 'fd00::1'])(
  'a name that leads to %s is not called',
  async (address) => {
    const { port, got } = await answering(saying({ length: 4 }))
    await register(`https://skill.example:${port}/`)
    env().webhookAllowPrivate = false
    resolver.addressesOf = async () => [address]
    expect((await refused(execute())).details.run?.reason).toBe('blocked_address')
    // Nor where one of several is public.
    resolver.addressesOf = async () => ['203.0.113.7', '1.1.1.1', address]
    expect((await refused(execute())).details.run?.reason).toBe('blocked_address')
    expect(got).toEqual([])
  },
)

test('a name that changes between look-up and connection is called at the address that was looked at', async () => {
  const { port, got } = await answering(saying({ length: 4 }))
  await register(`http://skill.example:${port}/`)
  let asked = 0
  // Nobody is at the second one: a connection that looked again would be refused.
  resolver.addressesOf = async () => [asked++ === 0 ? '127.0.0.1' : '127.255.255.1']
  expect((await execute()).output).toEqual({ length: 4 })
  expect([asked, got.length]).toEqual([1, 1])
  env().webhookAllowPrivate = false
  await refused(
    register('https://skill.example/', { id: 'other' }).then(() =>
      executeSkill(caller, { skill_id: 'other', input: { text: '' } }, undefined),
    ),
  )
  expect(got).toHaveLength(1)
})

test('private addresses and plain HTTP are refused where a skill is registered', async () => {
  env().webhookAllowPrivate = false
  for (const url of [
    'http://acme.example/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://2130706433/',
    'https://localhost/',
    'https://u:p@acme.example/',
    'nothing',
  ]) {
    const problem = await refused(register(url))
    expect([problem.code, problem.details.issues?.[0]?.path], url).toEqual(['invalid_request', 'url'])
  }
  expect((await register('https://acme.example/count')).remote?.url).toBe('https://acme.example/count')
})

test('input that is not of the tenant’s schema never reaches the endpoint', async () => {
  const { url, got } = await answering(saying({ length: 4 }))
  await register(url)
  const problem = await refused(execute({ text: 4 }))
  expect([problem.code, problem.details.issues]).toEqual([
    'skill_input_invalid',
    [{ path: '/text', message: 'is no string' }],
  ])
  expect([got.length, await (await database()).skillRun.count({ where: { tenantId: caller.tenant.id } })]).toEqual([
    0, 0,
  ])
  await execute({ text: 'four' })
  expect(got).toHaveLength(1)
})

test('a schema that takes too much fails what it is for, and nothing else', async () => {
  const { url } = await answering(saying({ length: 4 }))
  await register(url, { inputSchema: { properties: { text: { pattern: '^(a|a)*$' } } } })
  const slow = await refused(execute({ text: `${'a'.repeat(40)}!` }))
  expect([slow.code, slow.details.run]).toEqual(['skill_failed', { reason: 'schema_too_slow' }])
  await updateSkill(caller, 'acme.count', {
    inputSchema: {},
    outputSchema: { properties: { t: { pattern: '^(a|a)*$' } } },
  })
  const { url: bad } = await answering(saying({ t: `${'a'.repeat(40)}!` }))
  await updateSkill(caller, 'acme.count', { url: bad })
  expect((await refused(execute())).details.run?.reason).toBe('schema_too_slow')
  await updateSkill(caller, 'acme.count', { url, ...schemas })
  expect((await execute()).output).toEqual({ length: 4 })
})

test('a failed run is given again for the same Idempotency-Key, and its endpoint is not called twice', async () => {
  const { url, got } = await answering(saying({}, 500))
  await register(url)
  const first = await refused(execute({ text: 'x' }, 'once'))
  const second = await refused(execute({ text: 'x' }, 'once'))
  expect([second.code, second.detail, second.details.run]).toEqual([first.code, first.detail, first.details.run])
  await removeSkill(caller, 'acme.count')
  expect((await refused(execute({ text: 'x' }, 'once'))).details.run).toEqual(first.details.run)
  expect(got).toHaveLength(1)
})

test('while a run is under way the same request is told so, and gets it afterwards', async () => {
  let answer: () => void = () => undefined
  const { url, got } = await answering((outgoing) => {
    answer = () => saying({ length: 4 })(outgoing, { headers: {}, body: '' })
  })
  await register(url)
  const first = execute({ text: 'x' }, 'slow')
  await expect.poll(() => got.length).toBe(1)
  const conflict = await refused(execute({ text: 'x' }, 'slow'))
  expect([conflict.code, conflict.details.headers]).toEqual(['idempotency_conflict', { 'Retry-After': '2' }])
  expect(conflict.detail).toMatch(/still under way/)
  answer()
  const run = await first
  expect(await execute({ text: 'x' }, 'slow')).toEqual(run)
  expect(got).toHaveLength(1)
})

test('a run that nobody ended has failed once its time has passed, and what comes later changes nothing', async () => {
  let answer: () => void = () => undefined
  const { url, got } = await answering((outgoing) => {
    answer = () => saying({ length: 4 })(outgoing, { headers: {}, body: '' })
  })
  await register(url, { timeoutSeconds: 5 })
  const running = refused(execute({ text: 'x' }))
  await expect.poll(() => got.length).toBe(1)
  const at = now()
  clock.now = () => at + 60_000
  const stored = await (await database()).skillRun.findFirstOrThrow({ where: { tenantId: caller.tenant.id } })
  expect(JSON.parse(await readRun(caller, stored.id))).toMatchObject({
    status: 'failed',
    error: { reason: 'interrupted' },
  })
  answer()
  expect((await running).details.run).toEqual({ runId: stored.id, reason: 'interrupted' })
  expect(JSON.parse(await readRun(caller, stored.id))).toMatchObject({ status: 'failed', output: null })
})

test('outputs are kept for a day, and runs for thirty', async () => {
  const { url } = await answering(saying({ length: 4 }))
  await register(url)
  const { id } = await execute({ text: 'x' }, 'day')
  const at = now()
  clock.now = () => at + 86_400_000 - 1_000
  expect(JSON.parse(await readRun(caller, id)).output).toEqual({ length: 4 })
  clock.now = () => at + 86_400_000
  expect(JSON.parse(await readRun(caller, id))).toMatchObject({ status: 'succeeded', output: null })
  await execute()
  await expect.poll(async () => (await (await database()).skillRun.findUnique({ where: { id } }))?.output).toBeNull()
  clock.now = () => at + 31 * 86_400_000
  await execute()
  await expect.poll(async () => (await database()).skillRun.findUnique({ where: { id } })).toBeNull()
})

test('a skill is one of its tenant’s environment alone, and an id is taken once in it', async () => {
  const { url } = await answering(saying({ length: 4 }))
  await register(url)
  expect((await refused(register(url))).details.issues).toEqual([
    { path: 'id', message: 'is taken by another skill of this environment' },
  ])
  const other = await actFor(caller.tenant.id, 'live')
  expect((await refused(executeSkill(other, { skill_id: 'acme.count', input: {} }, undefined))).code).toBe(
    'skill_unknown',
  )
  await createSkill(other, { id: 'acme.count', name: 'Other', url, ...schemas })
  for (const id of ['text-summarizer', 'jwt.inspect', 'runs', 'execute']) {
    expect((await refused(register(url, { id }))).details.issues?.[0]?.path).toBe('id')
  }
  for (const id of ['Count', 'a b', '-a', 'a..b', 'ä', 'a'.repeat(65)]) {
    expect((await refused(register(url, { id }))).code, id).toBe('invalid_request')
  }
})

test('what is tried out is a run, also where it failed, and what would be sent can be looked at', async () => {
  const { url, got } = await answering(saying({ length: 'x' }))
  const { secret } = await register(url)
  const { headers, body, method } = await previewOf(caller, 'acme.count', { text: 'four' })
  expect([method, got.length]).toEqual(['POST', 0])
  expect(JSON.parse(body)).toMatchObject({ input: { text: 'four' } })
  expect(headers['webhook-signature']).toMatch(/^v1,[\w+/]{43}=$/)
  // It opens nothing: no endpoint of the skill's takes it.
  expect(() => new Webhook(secret).verify(body, headers)).toThrow('No matching signature')
  const run = JSON.parse(await tryOut(caller, 'acme.count', { text: 'four' }))
  expect(run).toMatchObject({
    status: 'failed',
    error: { reason: 'output_invalid' },
    excerpt: expect.stringContaining('is no integer'),
    actor: { type: 'operator' },
  })
  expect((await refused(tryOut(caller, 'acme.count', {}))).code).toBe('skill_input_invalid')
})

test('the audit log tells who registered, changed and removed a skill, and no secret', async () => {
  const { url } = await answering(saying({}))
  const { secret } = await register(url)
  await updateSkill(caller, 'acme.count', { priceAmount: 5 })
  await rotateSkillSecret(caller, 'acme.count')
  await removeSkill(caller, 'acme.count')
  const events = await (await database()).auditEvent.findMany({
    where: { tenantId: caller.tenant.id, action: { startsWith: 'skill.' } },
  })
  expect(events.map(({ action }) => action)).toEqual([
    'skill.created',
    'skill.updated',
    'skill.secret_rotated',
    'skill.deleted',
  ])
  expect(JSON.parse(events[1]?.after ?? '')).toMatchObject({ priceAmount: 5 })
  expect(JSON.stringify(events)).not.toContain(secret.slice(6, 30))
})
