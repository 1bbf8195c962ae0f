import { expect, test } from 'vitest'
import type { Message, Run } from '../run.ts'
import { aboutMessage } from './decoded-words.ts'

const begin = (mediation?: string): Message => ({
  ...{ id: 'begin', from: 'browser', to: 'server', label: 'begin', at: 0 },
  body: { username: 'ada', ...(mediation ? { mediation } : {}) },
})
const request: Message = { id: 'request', from: 'browser', to: 'authenticator', label: 'create', at: 1, body: {} }
const run = (kind: Run['kind'], mediation?: string): Run => ({
  ...{ kind, startedAt: 1, status: 'success' },
  messages: [begin(mediation), request],
})

test('of a passkey that is made beside a sign-in it is not said that a person was asked', () => {
  expect(aboutMessage(request, run('registration', 'conditional'))).toContain('nobody else: no dialogue opens')
  for (const other of [run('registration'), run('registration', 'required'), run('authentication', 'conditional')])
    expect(aboutMessage(request, other)).toContain('which asks the person')
})
