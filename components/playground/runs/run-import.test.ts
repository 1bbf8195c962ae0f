import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import type { Passkey } from '#lib/contract/passkeys.ts'
import { askedAndGot } from '#lib/webauthn/asked/index.ts'
import { askedOfRun } from '../asked/asked-of.ts'
import { sectionsOf } from '../ceremony/decoded-sections.ts'
import type { Help } from '../failure/help.ts'
import { nearestPreset } from '../options/presets.ts'
import { storyOf } from '../present/story.ts'
import { RegisteredCard } from '../registered-card.tsx'
import type { Run } from '../run.ts'
import { initialState, type RunRecord } from '../state.ts'
import { callOf, messageAs } from '../take-along/message-code.ts'
import { browserForms, callForms, codeForms, fileForms } from '../take-along/run-forms.ts'
import { runAs } from '../take-along/take-along.ts'
import { factsOf } from './compare-facts.ts'
import { comparedRows } from './compare-rows.ts'
import { optionsInShort } from './options-in-short.ts'
import { fileName, runFile } from './run-file.ts'
import { readRunFile } from './run-import.ts'

const apiKey = `sk_test_${'a'.repeat(12)}_${'b'.repeat(49)}`
const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c3JfMSJ9.c2lnbmF0dXJl'
const attestation = { format: 'none', trusted: false, source: null, root: null, status: [], description: null }
const passkey = {
  id: 'pk_1',
  credentialId: 'AQ',
  provider: null,
  deviceType: 'multiDevice',
  algorithm: -7,
  attestation,
}
const user = { id: 'usr_1', username: 'ada', displayName: 'ada' }
const check = { id: 'x', title: 'X', spec: 'https://x.example', outcome: 'pass', expected: '', actual: '' }

const signedIn: RunRecord = {
  number: 6,
  of: { apiKey, tenantName: 'Acme Wallet', username: 'ada' },
  choices: initialState.choices,
  run: {
    ...{ kind: 'authentication', startedAt: 1_000, status: 'success', took: 40.1 },
    authenticated: { token, tokenType: 'Bearer', expiresIn: 3600, user, passkey, checks: [check] },
    messages: [
      { id: 'begin', from: 'browser', to: 'server', label: 'begin', at: 0.25, bytes: 2, body: { username: 'ada' } },
      { id: 'answer', from: 'server', to: 'browser', label: 'token', at: 9, bytes: 400, body: { token, user } },
    ],
  } as unknown as Run,
}
const here = { server: 'https://one.example', browser: 'Browser/1' }
const there = { server: 'https://two.example', browser: 'Browser/2' }
const file = (record = signedIn) => runFile(record, here)

function read(text: string): RunRecord {
  const record = readRunFile(text)
  if ('refused' in record) throw new Error(record.refused)
  return record
}

test('a run that was exported is imported on another machine, and exported there gives the same bytes', () => {
  const imported = read(file())
  expect(imported).toMatchObject({
    imported: { number: 6, ...here },
    of: { tenantName: 'Acme Wallet', username: 'ada' },
    run: { took: 40.1, authenticated: { user, checks: [check] }, messages: [{ at: 0.25 }, { label: 'token' }] },
  })
  expect(imported.of).not.toHaveProperty('apiKey', apiKey)
  expect(runFile({ ...imported, number: 2 }, there)).toBe(file())
})

test('a file of an older page, which says nothing of its place, is taken as it is', () => {
  const { server: _, browser: __, ...older } = JSON.parse(file())
  const text = `${JSON.stringify(older, null, 2)}\n`
  expect(runFile(read(text), there)).toBe(text)
})

const failed = (more: object = {}): RunRecord => ({
  ...signedIn,
  run: {
    ...{ kind: 'authentication', startedAt: 1_000, status: 'error', took: 16, messages: signedIn.run.messages },
    failure: { code: 'x', what: 'What', why: 'Why', todo: 'Todo', raw: 'raw', ...more },
  },
})

const option = { ceremony: 'registration', path: 'timeout' } as const
const helps: Readonly<Record<Help['do'], Help>> = {
  register: { do: 'register' },
  authenticate: { do: 'authenticate' },
  'sign-in': { do: 'sign-in' },
  again: { do: 'again' },
  'fresh-username': { do: 'fresh-username' },
  'demo-key': { do: 'demo-key' },
  'tell-provider': { do: 'tell-provider' },
  'show-browser': { do: 'show-browser' },
  software: { do: 'software' },
  'set-option': { do: 'set-option', ...option, value: undefined },
  'show-option': { do: 'show-option', ...option },
  open: { do: 'open', url: 'https://one.example/playground' },
}

test.each(Object.values(helps))('a failure with the help $do is taken', (help) => {
  const record = failed({ help: [help], causes: [{ why: 'Why', help }] })
  expect(read(file(record)).run.failure?.help).toEqual(JSON.parse(JSON.stringify([help])))
})

test('no key or token comes in behind letters that are written by their numbers', () => {
  const disguised = (text: string) => file().replaceAll('"https://one.example"', `"https://one.example/#${text}"`)
  for (const secret of [apiKey.replace('_', '\\u005f'), token.replace('e', '\\u0065')])
    expect(readRunFile(disguised(secret))).toEqual({ refused: expect.stringContaining('an API key or a token') })
  expect(readRunFile(disguised('harmless\\u005f'))).not.toHaveProperty('refused')
  // In its message it is taken out, also where its first letter ends what another is written by.
  const note = read(file().replace('"username": "ada"', '"username": "\\u000EyJhIjoxfQ.eyJiIjoyfQ.c2ln"'))
  expect(runFile(note, there)).toContain('"\\u000eyJhIjoxfQ.eyJiIjoyfQ.c2ln"')
  const hidden = read(file().replace('"username": "ada"', `"username": "${token.replace('e', '\\u0065')}"`))
  expect(JSON.stringify(hidden)).not.toContain(token)
  expect(JSON.stringify(hidden)).toContain('(a token)')
})

test('a username of any length makes a name for a file', () => {
  const long = read(file({ ...signedIn, of: { username: `a${'-'.repeat(400_000)}!b` } }))
  expect(fileName(long, 'json')).toBe('run-6-authentication-a.json')
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the pasted test’s own
  expect(runAs('playwright', long, here)).toContain('`a-${Date.now().toString(36)}`')
  expect(fileName(read(file({ ...signedIn, of: { username: '--é Ada_1-' } })), 'json')).toBe(
    'run-6-authentication-Ada_1.json',
  )
})

test('what a passkey gave in secret does not come in', () => {
  const written = JSON.parse(file())
  written.run.run.messages[1].body = { clientExtensionResults: { prf: { results: { first: 'c2VjcmV0' } } } }
  expect(JSON.stringify(read(JSON.stringify(written)))).not.toContain('c2VjcmV0')
})

describe('it is said why it is refused:', () => {
  test.each([
    ['nothing', ' ', 'There is nothing in it'],
    ['no JSON', '{"format', 'It is no JSON'],
    ['a list', '[]', 'but no run'],
    ['another format', '{"format":"x"}', 'not of the format webauthn-playground/run'],
    ['an HTTP archive', '{"log":{}}', 'HTTP archive'],
    ['another version', '{"format":"webauthn-playground/run","version":2}', 'version 2; this page reads version 1'],
    [
      'a version that is bottomless',
      `{"format":"webauthn-playground/run","version":${'['.repeat(400_000)}${']'.repeat(400_000)}}`,
      'no version',
    ],
    ['no run', '{"format":"webauthn-playground/run","version":1}', 'run is not an object'],
    ['too much', `"${'x'.repeat(1_000_000)}"`, 'larger than 1 MB'],
  ])('%s', (_, text, why) => {
    expect(readRunFile(text)).toEqual({ refused: expect.stringContaining(why) })
  })

  test('too much, of which only the beginning was read', () => {
    expect(readRunFile('{', 1_000_001)).toEqual({ refused: expect.stringContaining('larger than 1 MB') })
  })

  test.each<[string, object]>([
    ['help[0].ceremony is not one of', { help: [{ do: 'set-option', path: 'timeout', value: 1 }] }],
    ['help[0].value is not a text, a number', { help: [{ do: 'set-option', ...option, value: { toString: 1 } }] }],
    ['help[0].url is not a link', { help: [{ do: 'open', url: 'https://' }] }],
    ['help[0].do is not one of', { help: [{ do: 'constructor' }] }],
    ['problem.issues[0].message is not a text', { problem: { issues: [{ path: 'username' }] } }],
    ['problem.requestId is not a text', { problem: { requestId: {}, status: 400 } }],
  ])('%s', (why, more) => {
    expect(readRunFile(file(failed(more)))).toEqual({ refused: expect.stringContaining(why) })
  })

  type File = ReturnType<typeof JSON.parse>
  test.each<[string, (file: File) => void]>([
    [
      'an API key or a token',
      ({ run }) => {
        run.of.username = apiKey
      },
    ],
    [
      'an API key or a token',
      ({ run }) => {
        run.run.messages[0].body.note = token
      },
    ],
    [
      'run.run.authenticated.token is not one of',
      ({ run }) => {
        run.run.authenticated.token = 'x'
      },
    ],
    [
      'server is not the address of a server',
      (file) => {
        file.server = 'javascript:alert(1)'
      },
    ],
    [
      'browser is not a text of at most 512',
      (file) => {
        file.browser = 'x'.repeat(513)
      },
    ],
    [
      'run.number is not a number from 1',
      ({ run }) => {
        run.number = 0
      },
    ],
    [
      'run.run.kind is not one of',
      ({ run }) => {
        run.run.kind = 'x'
      },
    ],
    [
      'run.run.took is not a duration',
      ({ run }) => {
        delete run.run.took
      },
    ],
    [
      'run.run.startedAt is not a moment',
      ({ run }) => {
        run.run.startedAt = 1e300
      },
    ],
    [
      'run.run.messages[0].at is not a duration',
      ({ run }) => {
        run.run.messages[0].at = 1e13
      },
    ],
    [
      'run.run.messages[1].label is not a text',
      ({ run }) => {
        run.run.messages[1].label = {}
      },
    ],
    [
      'run.run.messages has a message twice',
      ({ run }) => {
        run.run.messages.push(run.run.messages[0])
      },
    ],
    [
      'run.run.authenticated.checks[0].spec is not a link',
      ({ run }) => {
        run.run.authenticated.checks[0].spec = 'javascript:alert(1)'
      },
    ],
    [
      'run.run.authenticated.tenant.name is not a text',
      ({ run }) => {
        run.run.authenticated.tenant = { id: 'tnt_1', name: { toString: 1 } }
      },
    ],
    [
      'run.run.bugs is not a list',
      ({ run }) => {
        run.run.bugs = { 0: {} }
      },
    ],
    [
      'run.run.authenticated.passkey.algorithm is not a number',
      ({ run }) => {
        run.run.authenticated.passkey.algorithm = 'ES256'
      },
    ],
    [
      'run.run has not failure alone',
      ({ run }) => {
        run.run.status = 'error'
      },
    ],
    [
      'run.choices.authentication is not an object',
      ({ run }) => {
        run.choices.authentication = null
      },
    ],
    [
      'a member called toString',
      ({ run }) => {
        run.run.messages[0].body = { options: [{ toString: 1 }] }
      },
    ],
    [
      'more than 64 levels deep',
      ({ run }) => {
        run.run.messages[0].body = JSON.parse(`${'['.repeat(70)}${']'.repeat(70)}`)
      },
    ],
  ])('%s', (why, change) => {
    const changed = JSON.parse(file())
    change(changed)
    expect(readRunFile(JSON.stringify(changed))).toEqual({ refused: expect.stringContaining(why) })
    expect(readRunFile(file())).not.toHaveProperty('refused')
  })
})

test('the last moment that is taken is written in every form', () => {
  const last = { ...signedIn, run: { ...signedIn.run, startedAt: 8e15, took: 1e12 } }
  const messages = last.run.messages.map((message) => ({ ...message, at: 1e12 }))
  const record = read(file({ ...last, run: { ...last.run, messages } }))
  for (const { id } of [...fileForms, ...codeForms]) expect(runAs(id, record, here)).toBeTruthy()
})

describe('what stands in its messages is anybody’s, and every view bears it:', () => {
  const hostile = [
    ...[
      null,
      1,
      'x',
      true,
      [],
      [null],
      {},
      { publicKey: 1 },
      { publicKey: null },
      { credential: [1] },
      { response: null },
      { extensions: null },
    ],
    { response: { clientDataJSON: 1, attestationObject: '!!', authenticatorData: 'AA', signature: null } },
    { response: { clientDataJSON: 'bnVsbA', attestationObject: 'oA', authenticatorData: null, transports: 'usb' } },
    { credential: { response: { clientDataJSON: 'e30', attestationObject: 'gA' } }, clientExtensionResults: null },
    { publicKey: { pubKeyCredParams: [1, null], user: null, rp: 1, allowCredentials: [null], extensions: { prf: 1 } } },
    { clientExtensionResults: { prf: null, largeBlob: [1], credProps: 'x' }, response: {} },
    { status: 'x', code: 1, checks: 'none' },
    { response: { authenticatorData: 1234 }, options: { extensions: null } },
  ]
  const options: unknown[] = [
    ...[null, 1, 'x', [], [null], {}, { eval: 1 }],
    ...[{ invented: null }, { invented: { count: 1, length: 1 } }],
    { invented: { count: 1e9, length: 1e9, transports: [] } },
  ]
  const paths = [
    'pubKeyCredParams',
    'extensions',
    'extensions.prf',
    'extensions.largeBlob',
    'hints',
    'allowCredentials',
    'x.y',
    'timeout',
  ]
  const ids = ['begin', 'options', 'request', 'credential', 'finish', 'answer'] as const

  test.each(hostile.map((body) => [JSON.stringify(body), body]))('%s', async (_, body) => {
    const messages = ids.map((id) => ({ ...signedIn.run.messages[0], id, body }))
    for (const value of options) {
      const values = Object.fromEntries(paths.map((path) => [path, value]))
      const choices = { registration: values, authentication: values }
      const record = read(file({ ...signedIn, choices, run: { ...signedIn.run, messages } as Run }))
      for (const message of record.run.messages) {
        await sectionsOf(message)
        for (const { id } of callOf(message) === 'request' ? browserForms : callForms)
          messageAs(id, message, record.run, here.server)
      }
      await askedAndGot(askedOfRun(record.run, choices))
      comparedRows(factsOf(record), factsOf(record))
      optionsInShort('registration', choices)
      nearestPreset(choices)
      renderToString(
        createElement(RegisteredCard, { run: record.run, passkey: record.run.authenticated?.passkey as Passkey }),
      )
      storyOf([record])
      for (const { id } of [...fileForms, ...codeForms]) runAs(id, record, here)
    }
  })
})
