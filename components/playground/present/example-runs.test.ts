import { expect, test } from 'vitest'
import { authenticateFinished, registerFinished } from '#lib/contract/passkeys.ts'
import { failed } from '#lib/webauthn/checks/check.ts'
import { recordedRegistration } from '#lib/webauthn/verify/recorded.ts'
import { keptOf, recordFrom } from '../runs/kept-run.ts'
import { runToken } from '../runs/run-token.ts'
import { tokenParts } from '../token/token-parts.ts'
import { exampleRuns } from './example-runs.ts'
import { storyOf } from './story.ts'

const origin = 'https://wallet.example'

test('the example is what the server would answer: both ceremonies whole, every check of both passed', async () => {
  const [registration, signIn] = await exampleRuns(origin)
  const made = registerFinished.parse(registration.run.registered)
  const used = authenticateFinished.parse(signIn.run.authenticated)
  for (const { checks } of [made, used]) {
    expect(checks.length).toBeGreaterThan(15)
    expect(failed(checks)).toEqual([])
  }
  const ids = ['begin', 'options', 'request', 'credential', 'finish', 'answer']
  for (const { run, example } of [registration, signIn]) {
    expect(example).toBe(true)
    expect(run.messages.map(({ id }) => id)).toEqual(ids)
  }
  const story = storyOf([registration, signIn])
  expect(story.scenes.map(({ tone }) => tone)).toEqual(Array.from({ length: 16 }, () => 'plain'))
  expect(story.ending?.kind).toBe('token')
})

test('the example’s checks are judged and not written down: the same response for another origin fails', async () => {
  const [registration] = await exampleRuns(origin)
  const body = (id: string) => registration.run.messages.find((message) => message.id === id)?.body
  const { challenge } = body('request') as { challenge: string }
  const credential = body('credential') as Parameters<typeof recordedRegistration>[0]
  const expected = { challenge, origins: [origin], rpId: 'wallet.example', userVerification: 'preferred' as const }
  const judge = (origins: string[]) => recordedRegistration(credential, { ...expected, origins, unproven: [] })
  expect(failed(await judge([origin]))).toEqual([])
  expect(failed(await judge(['https://other.example'])).map(({ id }) => id)).toContain('origin')
})

test('no token of the example passes for a real one, and none is kept', async () => {
  const [registration, signIn] = await exampleRuns(origin)
  const token = signIn.run.authenticated?.token ?? ''
  expect(tokenParts(token)).toMatchObject({
    header: { kid: 'example' },
    payload: { iss: 'https://example.invalid', aud: 'mpc-server:test' },
  })
  expect(runToken(signIn, undefined, new Set())).toMatchObject({ example: true })
  const kept = recordFrom(JSON.parse(JSON.stringify(keptOf(signIn))))
  expect(kept).toMatchObject({ example: true, run: { authenticated: { token: '' } } })
  expect(JSON.stringify(kept)).not.toContain(token.split('.').at(-1))
  const { example: _, ...real } = registration
  expect(recordFrom(JSON.parse(JSON.stringify(keptOf(real))))).not.toHaveProperty('example')
})
