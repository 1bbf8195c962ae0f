import { expect, test } from 'vitest'
import type { Failure, Message, Run } from '../run.ts'
import { initialState, type RunRecord } from '../state.ts'
import { exampleRuns } from './example-runs.ts'
import { exampleTenants, exampleToken } from './example-token.ts'
import { saidOf } from './said.ts'
import { refusalSentences, refusals, sentences, steps } from './sentences.ts'
import { otherHalf, storyOf } from './story.ts'

const origin = 'https://wallet.example'
const choices = initialState.choices

const failureOf = (failure: Partial<Failure>): Failure => ({
  ...{ code: 'x', what: 'It went wrong', why: 'For a reason.', todo: 'Try again.', raw: 'raw' },
  ...failure,
})

/** A run of so many messages, the last of which is no answer, and how it ended. */
function refusedRun(kind: Run['kind'], passed: readonly Message[], last: Message['id'], failure: Partial<Failure>) {
  const at = passed.findIndex(({ id }) => id === last)
  const messages = passed.slice(0, at + 1).map((message) => {
    if (message.id !== last) return message
    const { body: _, ...rest } = message
    return { ...rest, label: 'refused' }
  })
  const run: Run = { kind, startedAt: 1, took: 9, status: 'error', messages, failure: failureOf(failure) }
  return storyOf([{ number: 1, run, of: { username: 'ada', tenantName: 'Acme Wallet' }, choices }])
}

const flagged = (record: RunRecord, change: (flags: number) => number): RunRecord => {
  const messages = record.run.messages.map((message) => {
    if (message.id !== 'credential') return message
    const body = message.body as { response: { authenticatorData: string } }
    const bytes = Buffer.from(body.response.authenticatorData, 'base64url')
    bytes[32] = change(bytes[32] ?? 0)
    return {
      ...message,
      body: { ...body, response: { ...body.response, authenticatorData: bytes.toString('base64url') } },
    }
  })
  return { ...record, run: { ...record.run, messages } }
}

test('each message of both ceremonies has its sentence, from the person to the server’s answer, and an ending', async () => {
  for (const [record, kind] of [
    [(await exampleRuns(origin))[0], 'passkey'],
    [(await exampleRuns(origin))[1], 'token'],
  ] as const) {
    const { scenes, ending } = storyOf([record])
    expect(scenes.map(({ id }) => id)).toEqual(steps)
    expect(ending?.kind).toBe(kind)
    for (const { say, note, label } of scenes) {
      expect(say).toMatch(/^\S.*\.$/)
      expect(note).toMatch(/\.$/)
      expect(`${say} ${note} ${label}`).not.toMatch(/undefined|!/)
      expect(say.length).toBeLessThanOrEqual(64)
    }
  }
})

test('what is said of the person is what the authenticator said: verified, only there, or nobody asked', async () => {
  const [, signIn] = await exampleRuns(origin)
  const person = (record: RunRecord) => storyOf([record]).scenes.find(({ id }) => id === 'person')
  expect(person(signIn)?.say).toBe('The authenticator verifies ada.')
  expect(person(flagged(signIn, (flags) => flags & ~0b100))).toMatchObject({
    say: 'ada agrees with a touch.',
    note: expect.stringContaining('did not verify'),
  })
  const nobody = flagged(signIn, (flags) => flags & ~0b101)
  expect(person(nobody)).toBeUndefined()
  expect(storyOf([nobody]).scenes.find(({ id }) => id === 'credential')?.note).not.toContain('agreed')
})

test('a synced passkey is said to be synced, a device-bound one to be bound, each by its provider’s name', async () => {
  const [, signIn] = await exampleRuns(origin)
  const said = (record: RunRecord) => storyOf([record]).scenes.find(({ id }) => id === 'credential')?.note
  expect(said(signIn)).toContain('synced by Example authenticator')
  const bound = said(flagged(signIn, (flags) => flags & ~0b11000))
  expect(bound).toContain('bound to Example authenticator')
  expect(bound).not.toContain('synced')
})

test('of an authenticator in software no person is told, and no provider’s name is its own', async () => {
  const [registration, signIn] = await exampleRuns(origin)
  for (const { run, ...record } of [registration, signIn]) {
    const scenes = storyOf([{ ...record, run: { ...run, software: 'Platform' } }]).scenes
    const person = scenes.find(({ id }) => id === 'person')
    expect(person?.say).toBe('An authenticator in software answers for ada.')
    const said = scenes.map(({ say, note, facts }) => `${say} ${note} ${facts.provider}`).join(' ')
    expect(said).toContain('“Platform”, in software')
    expect(said).not.toMatch(/Example authenticator|Finger|agreed/)
  }
  expect(storyOf([signIn]).facts.software).toBe(false)
})

test('a sign-in without a name says so, and asks nothing of a name', async () => {
  const [, signIn] = await exampleRuns(origin)
  const messages = signIn.run.messages.map((message) => (message.id === 'begin' ? { ...message, body: {} } : message))
  const [, begin] = storyOf([{ ...signIn, run: { ...signIn.run, messages } }]).scenes
  expect(begin?.label).toBe('somebody wants to sign in')
  expect(storyOf([signIn]).scenes[1]?.label).toBe('ada wants to sign in')
})

test.for(['registration', 'authentication'] as const)(
  'each way to refuse a %s ends its story with a sentence of its own and no ending',
  async (kind) => {
    const runs = await exampleRuns(origin)
    const { messages } = (kind === 'registration' ? runs[0] : runs[1]).run
    const fail = {
      id: 'signature',
      title: 'The signature is valid',
      outcome: 'fail',
      spec: 's',
      expected: '',
      actual: '',
    }
    const problem = { code: 'verification_failed', checks: [fail] } as unknown as Failure['problem']
    const told = {
      'begin-refused': refusedRun(kind, messages, 'options', { code: 'user_unknown', problem }),
      'begin-unanswered': refusedRun(kind, messages, 'options', { code: 'network' }),
      closed: refusedRun(kind, messages, 'credential', { code: 'NotAllowedError', calm: true }),
      'browser-refused': refusedRun(kind, messages, 'credential', { code: 'SecurityError' }),
      'authenticator-refused': refusedRun(kind, messages, 'credential', { code: 'ConstraintError' }),
      'finish-refused': refusedRun(kind, messages, 'answer', { code: 'verification_failed', problem }),
      'finish-unanswered': refusedRun(kind, messages, 'answer', { code: 'network' }),
      ended: refusedRun(kind, [], 'begin', { code: 'network' }),
    }
    expect(Object.keys(told).toSorted()).toEqual(refusals.toSorted())
    for (const [id, { scenes, ending }] of Object.entries(told)) {
      const last = scenes.at(-1)
      expect(last?.id).toBe(id)
      expect(last?.tone, id).toBe(id === 'closed' ? 'calm' : 'refused')
      expect(ending).toBeUndefined()
      expect(last?.say).toMatch(/\.$/)
      expect(`${last?.say} ${last?.note}`).not.toMatch(/undefined|\.\./)
      expect(scenes.slice(0, -1).every(({ tone }) => tone === 'plain')).toBe(true)
    }
    expect(told['finish-refused'].scenes.at(-1)?.note).toBe(
      `1 of 1 checks failed: The signature is valid. ${kind === 'registration' ? 'It keeps no passkey.' : 'It signs nobody in, and issues no token.'}`,
    )
  },
)

test('what nobody pressed for begins with the page, and no dialogue is told of', async () => {
  const conditional = { registration: { mediation: 'conditional' }, authentication: { mediation: 'conditional' } }
  const [registration, signIn] = await exampleRuns(origin)
  for (const [record, says] of [
    [registration, 'The page asks for a passkey beside a sign-in.'],
    [signIn, 'The browser tells the server who wants to sign in.'],
  ] as const) {
    const { scenes } = storyOf([{ ...record, choices: conditional }])
    expect(scenes.map(({ id }) => id)).toEqual(steps.filter((id) => id !== 'ask'))
    expect(scenes[0]?.say).toBe(says)
    expect(storyOf([record]).scenes[0]?.id).toBe('ask')
  }
  const request = storyOf([{ ...registration, choices: conditional }]).scenes.find(({ id }) => id === 'request')
  expect(request?.note).toContain('no dialogue')
})

test('each step is said once with its number, and two tokens with what differs in them', async () => {
  const story = storyOf([(await exampleRuns(origin))[1]])
  const steps = story.scenes.length + 1
  const said = Array.from({ length: steps }, (_, at) => saidOf({ story, at, steps, beside: undefined }))
  expect(new Set(said).size).toBe(steps)
  expect(said[1]).toBe(`2 of 9. ${story.scenes[1]?.say} ${story.scenes[1]?.note}`)
  expect(said.at(-1)).toBe('9 of 9. ada is signed in to Acme Wallet.')
  const user = { id: 'usr_example', username: 'ada', displayName: 'ada' }
  const token = (of: 0 | 1) => exampleToken(exampleTenants[of], { user, passkeyId: 'pk' })
  const both = { token: await token(0), other: await token(1) }
  expect(saidOf({ story, at: 0, steps, beside: both })).toBe(
    'One username, two tokens: of Acme Wallet, and of Globex Pay. They differ in providerTenantName, providerTenantId, sub.',
  )
  expect(saidOf({ story, at: 0, steps, beside: { ...both, other: undefined } })).toBe('')
})

test('no sentence is missing, and none is of no step', () => {
  for (const words of Object.values(sentences)) expect(Object.keys(words)).toEqual([...steps])
  expect(Object.keys(refusalSentences)).toEqual([...refusals])
})

test('the other half is of the same user and tenant, and stands on the right side', async () => {
  const [registration, signIn] = await exampleRuns(origin)
  const runs = [registration, signIn]
  expect(otherHalf(registration, runs)).toBe(signIn)
  expect(otherHalf(signIn, runs)).toBe(registration)
  const other = { ...registration, of: { ...registration.of, tenantName: 'Globex Pay' } }
  expect(otherHalf(signIn, [other, signIn])).toBeUndefined()
  expect(otherHalf(signIn, [signIn, { ...registration, number: 3 }])).toBeUndefined()
  const { example: _, ...real } = registration
  expect(otherHalf(signIn, [real, signIn])).toBeUndefined()
  const from = (record: RunRecord, server: string) => ({ ...record, imported: { number: 1, server } })
  expect(otherHalf(from(signIn, 'https://a.example'), [registration])).toBeUndefined()
  expect(otherHalf(from(signIn, 'https://a.example'), [from(registration, 'https://b.example')])).toBeUndefined()
  expect(otherHalf(from(signIn, 'https://a.example'), [from(registration, 'https://a.example')])).toBeDefined()
  expect(storyOf([registration, signIn]).scenes.map(({ run }) => run)).toEqual([
    ...Array.from({ length: 8 }, () => 1),
    ...Array.from({ length: 8 }, () => 2),
  ])
})
