import { expect, test } from 'vitest'
import type { Message, Run } from '../run.ts'
import { evidenceOf } from './evidence.ts'
import { differingMembers } from './native-ceremony.ts'

const message = (id: Message['id'], body?: unknown): Message => ({
  ...{ id, from: 'browser', to: 'server', label: id, at: 0 },
  ...(body === undefined ? {} : { body }),
})
const failed = (code: string, messages: Message[]): Run => ({
  ...{ kind: 'registration', startedAt: 0, status: 'error', messages },
  failure: { code, what: 'It failed', why: '', todo: '', raw: '' },
})
const credential = message('credential', { id: 'AAAA', rawId: 'AAAB', response: {} })

test('who refused is told by how far the ceremony was', () => {
  const by = (run: Run) => evidenceOf(run).failure?.by
  const asked = [message('begin'), message('options'), message('request')]
  expect(by(failed('NotAllowedError', [...asked, message('credential')]))).toBe('browser')
  expect(by(failed('user_exists', [message('begin'), message('options')]))).toBe('elsewhere')
  expect(by(failed('verification_failed', [...asked, credential, message('finish'), message('answer')]))).toBe('server')
  expect(by(failed('rate_limited', [...asked, credential, message('finish'), message('answer')]))).toBe('elsewhere')
})

test('an id that is not rawId is seen, and what cannot be read is left out', () => {
  const { answer } = evidenceOf(failed('verification_failed', [credential]))
  expect(answer).toEqual({ credentialId: 'AAAA', idsAgree: false, extensions: {} })
})

test('two JSON values differ by the paths where they do', () => {
  const one = { id: 'a', response: { transports: ['usb'], publicKey: 'x' } }
  expect(differingMembers(one, structuredClone(one))).toEqual([])
  expect(differingMembers(one, { id: 'a', response: { transports: ['nfc'] } })).toEqual([
    'response.transports',
    'response.publicKey',
  ])
})
