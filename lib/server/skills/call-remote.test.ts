import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { env } from '../env.ts'
import { resolver } from '../outbound/resolver.ts'
import type { Got } from './endpoint-for-tests.ts'
import { executeSkill } from './execute.ts'
import { rotateSkillSecret, updateSkill } from './remote.ts'
import { type Answer, answering, type Home, newHome, refused, saying } from './remote-skill-for-tests.ts'
import { sweepRuns } from './runs/keeping.ts'
import { readRun } from './runs/runs.ts'
import { find } from './store.ts'

const { now } = clock
const { addressesOf } = resolver
let { caller, register, execute, managed } = {} as Home

beforeEach(async () => {
  ;({ caller, register, execute, managed } = await newHome())
})
afterEach(() => {
  clock.now = now
  resolver.addressesOf = addressesOf
})

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
  await sweepRuns()
  expect(await find(placeOf(caller), 'acme.count')).toMatchObject({ previousSecret: null, previousUntil: null })
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
  [
    'answers with little that is much when it is written out',
    'too_large',
    (outgoing) => outgoing.end(`[${Array(60_000).fill('1e20').join()}]`),
    200,
    /^\[1e20,/,
  ],
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
