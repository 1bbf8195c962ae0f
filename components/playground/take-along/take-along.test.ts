import { readdirSync, readFileSync } from 'node:fs'
import Ajv from 'ajv'
import * as draft6 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' }
import { describe, expect, test } from 'vitest'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import type { Run } from '../run.ts'
import { fileName } from '../runs/run-file.ts'
import { readRunFile } from '../runs/run-import.ts'
import { initialState, type RunRecord } from '../state.ts'
import { messageAs } from './message-code.ts'
import { messageOf } from './run-facts.ts'
import { codeForms, fileForms } from './run-forms.ts'
import { runAs } from './take-along.ts'

const apiKey = `sk_test_${'a'.repeat(12)}_${'b'.repeat(49)}`
const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c3JfMSJ9.c2lnbmF0dXJl'
const here = { server: 'https://one.example', browser: 'Browser/1' }
const secrets = [apiKey, apiKey.slice(9), token, token.split('.')[1], 'c2VjcmV0']
const user = { id: 'usr_1', username: 'ada', displayName: 'ada' }
const attestation = { format: 'none', trusted: false, source: null, root: null, status: [], description: null }
const passkey = {
  ...{ id: 'pk_1', credentialId: 'AQ', provider: 'iCloud | Keychain', aaguid: 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd' },
  ...{ deviceType: 'multiDevice', backedUp: true, transports: ['hybrid', 'internal'], algorithm: -7, attestation },
}
const check = {
  id: 'x',
  title: 'The origin',
  spec: 'https://x.example',
  outcome: 'fail',
  expected: 'a',
  actual: 'b\\|c',
}

const made = await new SoftwareAuthenticator({ origin: here.server }).create({
  rp: { id: 'one.example', name: 'One' },
  user: { id: 'AQ', name: 'ada', displayName: 'ada' },
  challenge: 'AQID',
  pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
})
const asked = { username: 'ada', options: { attestation: 'direct', extensions: { largeBlob: { write: 'c2VjcmV0' } } } }

const registered: RunRecord = {
  number: 1,
  of: { apiKey, tenantName: 'Acme Wallet', username: 'ada' },
  choices: {
    ...initialState.choices,
    registration: { attestation: 'direct', 'user.id': 'AQ', 'authenticatorSelection.residentKey': 'required' },
  },
  run: {
    ...{ kind: 'registration', startedAt: 1_000, status: 'success', took: 40.1 },
    registered: { user, passkey, checks: [] },
    messages: [
      { id: 'begin', from: 'browser', to: 'server', label: 'begin', at: 1, bytes: 20, body: asked },
      { id: 'options', from: 'server', to: 'browser', label: 'options', at: 4, duration: 3, bytes: 90, body: {} },
      {
        ...{ id: 'credential', from: 'authenticator', to: 'browser', label: 'attestation', at: 6, duration: 2 },
        body: { ...made, clientExtensionResults: { prf: { enabled: true, results: { first: 'c2VjcmV0' } } } },
      },
      {
        ...{ id: 'finish', from: 'browser', to: 'server', label: 'finish', at: 7, bytes: 800 },
        body: { ceremonyId: 'cer_1', credential: { clientExtensionResults: { largeBlob: { blob: 'c2VjcmV0' } } } },
      },
      {
        ...{ id: 'answer', from: 'server', to: 'browser', label: 'passkey', at: 9.5, duration: 2.5, bytes: 900 },
        body: { user, note: `${apiKey} ${token}` },
      },
    ],
  } as unknown as Run,
}
const problem = { status: 400, code: 'verification_failed', checks: [check] }
const refused = {
  ...registered,
  run: {
    ...{ kind: 'authentication', startedAt: 1_000, status: 'error', took: 16 },
    failure: { code: 'verification_failed', what: 'It did not verify', why: apiKey, todo: '', raw: '```', problem },
    messages: [
      { id: 'begin', from: 'browser', to: 'server', label: 'begin', at: 1, bytes: 20, body: { username: 'ada' } },
      { id: 'options', from: 'server', to: 'browser', label: 'NetworkError', at: 4, duration: 3 },
    ],
  },
} as unknown as RunRecord
const failedWith = (code: string): RunRecord =>
  ({ ...refused, run: { ...refused.run, failure: { ...refused.run.failure, code, problem: { code } } } }) as RunRecord

function written(form: Parameters<typeof runAs>[0], record = registered): string {
  const text = runAs(form, record, here)
  if (typeof text !== 'string') throw new Error(text.lacking)
  return text
}

describe('nothing secret of a run is in it', () => {
  const forms = [...new Set([...fileForms, ...codeForms].map(({ id }) => id))]
  test.each(forms)('as %s', (form) => {
    const text = written(form)
    expect(text).toContain('ada')
    // A large blob is what somebody typed: it is in the code that asks for it, as in that of the options.
    const unsaid = form === 'json' || form === 'har' || form === 'report' ? secrets : secrets.slice(0, -1)
    for (const secret of unsaid) expect(text).not.toContain(secret)
  })

  test.each(registered.run.messages.filter(({ id }) => id !== 'begin'))('as the call of $id', (message) => {
    const form = message.id === 'credential' ? 'javascript' : 'curl'
    const text = messageAs(form, message, registered.run, here.server)
    for (const secret of message.id === 'options' ? secrets.slice(0, -1) : secrets) expect(text).not.toContain(secret)
  })
})

test('the call of a conditional create is one, with either way to ask the browser', () => {
  const call = (form: 'javascript' | 'simplewebauthn', mediation?: string) => {
    const run = structuredClone(registered.run)
    for (const message of run.messages) if (message.id === 'begin') message.body = { ...asked, mediation }
    const credential = run.messages.find(({ id }) => id === 'credential')
    return credential ? messageAs(form, credential, run, here.server) : ''
  }
  expect(call('javascript', 'conditional')).toContain("create({ publicKey, mediation: 'conditional' })")
  expect(call('simplewebauthn', 'conditional')).toContain('optionsJSON: publicKey, useAutoRegister: true }')
  expect(call('javascript')).toContain('create({ publicKey })')
  expect(call('simplewebauthn')).toContain('optionsJSON: publicKey }')
})

test('the call of a sign-in says how it was mediated, also after its way through a file', () => {
  const passkeys = structuredClone(refused)
  passkeys.run.messages.push({
    ...{ id: 'request', from: 'browser', to: 'authenticator', label: 'navigator.credentials.get', at: 5 },
    ...{ body: { challenge: 'AQ', allowCredentials: [] }, mediation: 'conditional' },
  })
  const read = readRunFile(written('json', passkeys))
  if ('refused' in read) throw new Error(read.refused)
  for (const { run } of [passkeys, read]) {
    const request = messageOf(run, 'request')
    const call = (form: 'javascript' | 'simplewebauthn') => request && messageAs(form, request, run, here.server)
    expect(call('javascript')).toContain("), mediation: 'conditional' })".slice(1))
    expect(call('simplewebauthn')).toContain('optionsJSON: publicKey, useBrowserAutofill: true }')
    expect(call('simplewebauthn')).toContain('not passed on here: allowCredentials')
  }
})

test('a HAR is one to a stock schema, with the real times and sizes, also of what had no answer', () => {
  const folder = 'node_modules/har-schema/lib'
  const schemas = readdirSync(folder).filter((name) => name.endsWith('.json'))
  const ajv = new Ajv({ strict: false, validateFormats: false })
  ajv.addMetaSchema(draft6.default ?? draft6)
  const valid = ajv
    .addSchema(schemas.map((name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'))))
    .getSchema('har.json#')
  for (const record of [registered, refused]) {
    const har = JSON.parse(written('har', record))
    expect([valid?.(har), valid?.errors]).toEqual([true, null])
    expect(valid?.({ log: { ...har.log, creator: undefined } })).toBe(false)
  }
  const { entries } = JSON.parse(written('har')).log
  expect(entries).toMatchObject([
    {
      startedDateTime: '1970-01-01T00:00:01.001Z',
      time: 3,
      request: { url: 'https://one.example/v1/passkeys/register/begin', bodySize: 20 },
      response: { status: 200, content: { size: 90, mimeType: 'application/json' } },
    },
    { time: 2.5, response: { status: 201, content: { size: 900, comment: expect.stringContaining('taken out') } } },
  ])
  expect(JSON.parse(written('har', refused)).log.entries).toMatchObject([{ response: { status: 0 } }])
})

test('a bug report has the browser, the authenticator, the options, what failed and the messages', () => {
  const report = written('report')
  for (const words of [
    '# Registration succeeded',
    '- Browser: Browser/1',
    'iCloud | Keychain (AAGUID fbfc3007-154e-4ecc-8c0b-6e020557d7bd)',
    '"attestation": "direct"',
    '### attestation',
  ])
    expect(report).toContain(words)
  const failed = written('report', refused)
  expect(failed).toContain('# Authentication ended with verification_failed')
  expect(failed).toContain('| The origin |  | a | b\\\\\\|c |')
  expect(failed).toContain('````text\n```\n````')
})

test('a Playwright test has an authenticator like that of the run, and the options that fit a new user', () => {
  const code = written('playwright')
  expect(code).toContain("transport: 'internal', hasResidentKey: true")
  expect(code).toContain('hasPrf: true')
  expect(code).toContain('create.attestation=direct')
  expect(code).toContain('// Not as in the run: user.id is left out')
  expect(code).not.toContain('user.id=')
  const key = { ...made, authenticatorAttachment: 'cross-platform' }
  const roaming = structuredClone(registered.run)
  for (const message of roaming.messages) if (message.id === 'credential') message.body = key
  expect(written('playwright', { ...registered, run: roaming })).toContain("transport: 'hybrid'")
})

test('a failure has a Playwright test only where it comes again', () => {
  expect(runAs('playwright', refused, here)).toEqual({ lacking: expect.stringContaining('verification_failed') })
  expect(written('playwright', failedWith('user_unknown'))).not.toContain("'Register'")
})

test('a passkey by an algorithm that no virtual authenticator has gets words in place of a test that fails', () => {
  const by = (...pubKeyCredParams: number[]) => {
    const { choices } = registered
    return { ...registered, choices: { ...choices, registration: { ...choices.registration, pubKeyCredParams } } }
  }
  expect(runAs('playwright', by(-35), here)).toEqual({ lacking: expect.stringContaining('ES384') })
  expect(written('playwright', by(-35, -7))).toContain('test(')
})

test('a sign-in that found no large blob has a passkey that could have one', () => {
  const run = structuredClone(refused.run)
  Object.assign(run, { status: 'success', failure: undefined, authenticated: { user, passkey, checks: [] } })
  const authentication = { 'extensions.largeBlob': { read: true } }
  const code = written('playwright', { ...refused, run, choices: { ...registered.choices, authentication } })
  expect(code).toContain('hasLargeBlob: true')
})

test('an example says that it is one, also where it is taken along', () => {
  const example = { ...registered, example: true } as const
  expect(written('report', example)).toContain('- Example: made in a page')
  expect(JSON.parse(written('har', example)).log.comment).toContain('none of these calls reached a server')
  expect(written('report')).not.toContain('Example')
  expect(JSON.parse(written('har')).log).not.toHaveProperty('comment')
})

test('a key or a token that was taken for a username is in no name of a file, nor part of one in a test', () => {
  for (const username of [apiKey, token]) {
    const record = { ...registered, of: { ...registered.of, username } }
    expect(fileName(record, 'json')).toMatch(/^run-1-registration-a-(?:key|token)\.json$/)
    expect(written('playwright', record)).toMatch(/`a-(?:key|token)-\$/)
  }
  const long = { ...registered, of: { ...registered.of, username: 'x'.repeat(900) } }
  expect(fileName(long, 'json').length).toBeLessThan(100)
})

test('a username is a word of the code, whatever it has in it', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what would end the text that it stands in
  const odd = "o'hara`${1}\n\\"
  const code = written('playwright', { ...registered, of: { ...registered.of, username: odd } })
  expect(code).toContain('`o-hara-1-${Date')
  expect(code).toContain(`test(${JSON.stringify(`${odd} registers`)}`)
})

test('what a run from elsewhere says is no code and no markup in what is taken along', () => {
  const run = structuredClone(refused.run)
  const argument = "x=__import__('os').system('id'),y"
  const [begin] = run.messages
  if (begin) begin.body = { username: 'ada', userToken: 'u', [argument]: 1 }
  const call = messageAs('python', begin ?? expect.fail(), run, here.server)
  expect(call).toContain(`username="ada", user_token="u", **{${JSON.stringify(argument)}: 1}`)
  const mediation = 'x\u2028alert(1)//'
  const choices = { ...refused.choices, authentication: { mediation } }
  const comments = written('simplewebauthn', { ...refused, choices })
    .split('\n')
    .filter((line) => line.startsWith('//'))
  expect(comments.join('\n')).toContain('alert(1)')
  expect(comments.join('\n')).not.toMatch(/[\u2028\u2029]/)
  const why = '![seen](https://acme.example/seen) `x` <img src="https://acme.example">'
  const failure = { ...refused.run.failure, why } as Run['failure']
  const report = written('report', { ...refused, run: { ...refused.run, failure } as Run })
  expect(report).toContain('!\\[seen\\](https://acme.example/seen) \\`x\\` &lt;img')
})
