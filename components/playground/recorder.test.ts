import { expect, test } from 'vitest'
import { DialogueError, UnsupportedCall } from '#lib/sdk/credentials/credential-errors.ts'
import { Recorder } from './recorder.ts'

/** Who said what to whom in a ceremony whose call of the browser ends so; by its states, who was waited for. */
async function passed(call: () => Promise<object>) {
  const waits: unknown[] = []
  const recorder = new Recorder('registration', ({ waitingFor }) => waits.push(waitingFor))
  await recorder.ask({ label: 'navigator.credentials.create', body: {} }, 'attestation', call).catch(() => {})
  const { messages } = recorder.end({ status: 'error' })
  return { messages: messages.map(({ id, from, to, label }) => [id, from, to, label]), waits }
}

test('what a browser without WebAuthn refuses stays in the browser, and an authenticator’s refusal is its own', async () => {
  const unsupported = await passed(() => Promise.reject(new UnsupportedCall('This browser has no WebAuthn.')))
  expect(unsupported.messages).toEqual([
    ['request', 'browser', 'browser', 'navigator.credentials.create'],
    ['credential', 'browser', 'browser', 'UnsupportedCall'],
  ])
  const refusal = new DialogueError('create', new DOMException('', 'NotAllowedError'), 900)
  const refused = await passed(() => Promise.reject(refusal))
  expect(refused.messages).toEqual([
    ['request', 'browser', 'authenticator', 'navigator.credentials.create'],
    ['credential', 'authenticator', 'browser', 'NotAllowedError'],
  ])
  const answered = await passed(() => Promise.resolve({}))
  expect(answered.messages.at(-1)).toEqual(['credential', 'authenticator', 'browser', 'attestation'])
  expect(answered.waits).toEqual(['authenticator', 'browser', undefined])
})
