import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Mistake } from '../options/mistake.ts'
import type { Run } from '../run.ts'
import { initialState, type RunRecord } from '../state.ts'
import { keepRuns, keptRuns } from './kept-runs.ts'

const apiKey = `sk_test_${'a'.repeat(12)}_${'b'.repeat(49)}`
const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c3JfMSJ9.c2lnbmF0dXJl'
const user = { id: 'usr_1', username: 'ada', displayName: 'ada' }
const passkey = { id: 'pk_1', credentialId: 'AQ', provider: null, deviceType: 'multiDevice', algorithm: -7 }
const check = { id: 'x', title: 'X', spec: 'https://x.example', outcome: 'pass', expected: '', actual: '' }

const signedIn: RunRecord = {
  number: 3,
  of: { apiKey, tenantName: 'Acme Wallet', username: 'ada' },
  choices: { ...initialState.choices, registration: { attestation: 'direct', timeout: new Mistake('no', 'x') } },
  run: {
    ...{ kind: 'authentication', startedAt: 1_000, status: 'success', took: 40 },
    authenticated: { token, tokenType: 'Bearer', expiresIn: 3600, user, passkey, checks: [check] },
    approved: [check],
    messages: [
      {
        id: 'begin',
        from: 'browser',
        to: 'server',
        label: 'begin',
        at: 0,
        bytes: 2,
        body: { username: 'ada', options: { extensions: { largeBlob: { write: 'c2VjcmV0MQ' } } } },
      },
      {
        ...{ id: 'credential', from: 'authenticator', to: 'browser', label: 'assertion', at: 5, duration: 3 },
        body: {
          id: 'AQ',
          clientExtensionResults: {
            prf: { enabled: true, results: { first: 'c2VjcmV0Mg' } },
            largeBlob: { supported: true, blob: 'c2VjcmV0Mw' },
            hmacGetSecret: { output1: 'c2VjcmV0NA' },
          },
        },
      },
      {
        id: 'answer',
        from: 'server',
        to: 'browser',
        label: 'token',
        at: 9,
        body: { token, user, note: `of ${token}` },
      },
    ],
  } as unknown as Run,
}
const failed: RunRecord = {
  ...{ number: 4, of: { apiKey, username: apiKey }, choices: initialState.choices },
  run: {
    ...{ kind: 'registration', startedAt: 2_000, status: 'error', took: 7, messages: [] },
    failure: { code: 'x', what: 'What', why: 'Why', todo: 'Todo', raw: `Refused ${apiKey}`, causes: [{ why: 'Why' }] },
  },
}

/** A tab's storage with room for so many characters. */
function storage(room = Number.POSITIVE_INFINITY) {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    removeItem: (name: string) => kept.delete(name),
    setItem(name: string, text: string) {
      if (text.length > room) throw new DOMException('no room', 'QuotaExceededError')
      kept.set(name, text)
    },
  }
}
let tab = storage()
const within = (made: ReturnType<typeof storage>) => {
  tab = made
  vi.stubGlobal('sessionStorage', made)
}
beforeEach(() => within(storage()))
afterEach(() => vi.unstubAllGlobals())

test('ceremonies come back as they were, with what was opened, but for what is secret', () => {
  keepRuns([signedIn, failed], 3)
  const { runs, opened } = keptRuns()
  expect(opened).toBe(3)
  expect(runs).toMatchObject([
    {
      number: 3,
      of: { tenantName: 'Acme Wallet', username: 'ada' },
      choices: { registration: { attestation: 'direct' } },
      run: {
        took: 40,
        authenticated: { token: '', user, checks: [check] },
        messages: [{ id: 'begin' }, { id: 'credential' }, { id: 'answer' }],
      },
    },
    { number: 4, run: { failure: { what: 'What', causes: [{ why: 'Why' }] } } },
  ])
  expect(runs.every(({ of }) => of.apiKey === undefined)).toBe(true)
  expect(runs[0]?.run).not.toHaveProperty('approved')
  expect(runs[0]?.choices.registration).not.toHaveProperty('timeout')
  expect(JSON.stringify(runs[0])).toContain('"prf":{"enabled":true,"results":"(not kept)"}')
})

test('the whole stored text has no key, no token and nothing that a passkey gave in secret', () => {
  keepRuns([signedIn, failed], 4)
  const text = [...tab.kept].flat().join()
  expect(text).toContain('Acme Wallet')
  for (const secret of [apiKey, apiKey.slice(9), token, token.split('.')[1], 'c2VjcmV0'])
    expect(text).not.toContain(secret)
})

test('one that has not ended is not kept, and none leaves nothing behind', () => {
  keepRuns([failed], 4)
  keepRuns([{ ...failed, run: { ...failed.run, status: 'working' } }], 4)
  expect([tab.kept.size, keptRuns().runs]).toEqual([0, []])
})

test('where there is no room the oldest go, and the newest stay', () => {
  keepRuns([failed], 4)
  const one = tab.kept.get('playground.runs')?.length ?? 0
  within(storage(one * 2.5))
  keepRuns(
    [1, 2, 3, 4].map((number) => ({ ...failed, number })),
    1,
  )
  const { runs, opened } = keptRuns()
  expect([runs.map(({ number }) => number), opened]).toEqual([[3, 4], 4])
  within(storage(10))
  keepRuns([failed], 4)
  expect(keptRuns().runs).toEqual([])
})

test('a browser that keeps nothing at all is borne', () => {
  vi.stubGlobal('sessionStorage', undefined)
  keepRuns([failed], 4)
  expect(keptRuns().runs).toEqual([])
})

describe('a text that is not of here is nothing:', () => {
  const kept = () => {
    keepRuns([signedIn, failed], 3)
    return JSON.parse(tab.kept.get('playground.runs') ?? '')
  }
  test.each<[string, (kept: ReturnType<typeof JSON.parse>) => unknown]>([
    ['another version', (kept) => ({ ...kept, version: 2 })],
    ['no list', (kept) => ({ ...kept, runs: {} })],
    ['null', () => null],
    ['a text', () => 'runs'],
    ['numbers out of order', (kept) => ({ ...kept, runs: kept.runs.toReversed() })],
    ['a run of no kind', (kept) => ({ ...kept, runs: [{ ...kept.runs[0], run: { ...kept.runs[0].run, kind: 'x' } }] })],
    [
      'a success without an answer',
      (kept) => ({ ...kept, runs: [{ ...kept.runs[0], run: { ...kept.runs[0].run, authenticated: {} } }] }),
    ],
    [
      'a message without a label',
      (kept) => ({ ...kept, runs: [{ ...kept.runs[0], run: { ...kept.runs[0].run, messages: [{ id: 'begin' }] } }] }),
    ],
    [
      'a failure without words',
      (kept) => ({ ...kept, runs: [{ ...kept.runs[1], run: { ...kept.runs[1].run, failure: {} } }] }),
    ],
    ['no choices', (kept) => ({ ...kept, runs: [{ ...kept.runs[0], choices: null }] })],
    ['somebody as a number', (kept) => ({ ...kept, runs: [{ ...kept.runs[0], of: { username: 1 } }] })],
  ])('%s', (_, change) => {
    tab.kept.set('playground.runs', JSON.stringify(change(kept())))
    expect(keptRuns()).toEqual({ runs: [], opened: undefined })
  })

  test('no JSON, and cut off anywhere', () => {
    const text = JSON.stringify(kept())
    for (let end = 0; end < text.length; end += 97) {
      tab.kept.set('playground.runs', text.slice(0, end))
      expect(keptRuns().runs).toEqual([])
    }
  })
})
