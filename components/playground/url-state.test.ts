import { describe, expect, test } from 'vitest'
import type { Choices, OptionValues } from './options/option-values.ts'
import { presets } from './options/presets.ts'
import { initialState } from './state.ts'
import { type Addressed, addressOf, lackingInAddress, readAddress } from './url-state.ts'

const here = 'http://localhost:3000/playground'
const apiKey = `sk_test_${'a'.repeat(12)}_${'b'.repeat(49)}`
const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c3JfMSJ9.c2lnbmF0dXJl'
const page = (more: Partial<Addressed> = {}): Addressed => ({ ...initialState, ...more })
const chosen = (registration: OptionValues, authentication: OptionValues = {}): Choices => ({
  ...presets[0].choices,
  registration,
  authentication,
})
const search = (state: Addressed, from = here) => new URL(addressOf(state, from)).search
const read = (state: Addressed) => readAddress(search(state))

describe('an address', () => {
  test('of a page as it begins says nothing', () => {
    expect(addressOf(page(), here)).toBe(here)
  })

  test('is readable', () => {
    const choices = chosen({ attestation: 'direct' }, { userVerification: 'required' })
    expect(search(page({ tab: 'checks', username: 'ada', choices }))).toBe(
      '?tab=checks&username=ada&create.attestation=direct&get.userVerification=required',
    )
    const [, key] = presets
    expect(search(page({ choices: key?.choices ?? initialState.choices }))).toBe('?preset=security-key')
  })

  test('keeps what is not the page’s, and replaces what is', () => {
    expect(search(page({ username: 'bob' }), `${here}?from=mail&username=ada&create.foo=1`)).toBe(
      '?from=mail&username=bob',
    )
  })

  test.each<[string, Choices]>([
    ...presets.map(({ label, choices }): [string, Choices] => [`the preset ${label}`, choices]),
    ['nothing set', chosen({})],
    [
      'text, numbers, lists and objects',
      chosen({
        attestation: 'direct',
        timeout: 20_000,
        pubKeyCredParams: [-7, -257],
        extensions: { prf: {}, credProps: true },
      }),
    ],
    ['a user handle', chosen({ 'user.id': 'AQID' })],
    ['credentials', chosen({ excludeCredentials: ['AQ', 'Ag'] }, { allowCredentials: 'none' })],
    [
      'members that nobody knows',
      chosen({ foo: 'bar', 'extensions.uvm': true }, { answer: '42', yes: 'true', deep: { a: [null] } }),
    ],
    ['both ceremonies’ members of one name', chosen({ hints: ['hybrid'] }, { hints: [] })],
  ])('brings back %s', (_, choices) => {
    expect(read(page({ choices }))).toEqual(choices === presets[0].choices ? { ignored: [] } : { choices, ignored: [] })
  })

  test('brings back a name in any script', () => {
    for (const username of ['ada', 'Ada Lovelace', 'Łukasz', '李 雷', 'a+b&c=d#e'])
      expect(read(page({ username })).username).toBe(username)
  })

  test('has never a key or a token in it, wherever one was pasted', () => {
    for (const secret of [apiKey, token]) {
      const state = page({
        username: secret,
        choices: chosen({ foo: secret, bar: { baz: secret }, attestation: 'direct' }),
      })
      expect(decodeURIComponent(addressOf(state, here))).not.toContain(secret.slice(9))
      expect(search(state)).toBe('?create.attestation=direct')
      expect(search(page(), `${here}?apiKey=${secret}`)).toBe('')
    }
  })

  test('has not in it what a large blob is to hold, and says so', () => {
    const choices = (largeBlob: object) => ({
      registration: {},
      authentication: { 'extensions.largeBlob': largeBlob, timeout: 1_000 },
    })
    const write = choices({ write: 'c2VjcmV0' })
    expect(search(page({ choices: write }))).toBe('?get.timeout=1000')
    expect(lackingInAddress({ choices: write })).toMatch(/large blob/)
    const reads = choices({ read: true })
    expect(read(page({ choices: reads })).choices).toEqual(reads)
    expect(lackingInAddress({ choices: reads })).toBeUndefined()
  })

  test('that would be too long for a server has no options in it', () => {
    const choices = chosen(Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`m${at}`, 'x'.repeat(900)])))
    expect(lackingInAddress({ choices })).toMatch(/too long/)
    expect(search(page({ username: 'ada', choices }))).toBe('?username=ada')
    expect(lackingInAddress({ choices: chosen({ foo: 'x'.repeat(900) }) })).toBeUndefined()
  })
})

describe('what cannot be taken from an address is left out, and said', () => {
  test.each([
    ['?tab=secrets', 'tab is none of'],
    [`?username=${'x'.repeat(65)}`, 'username: A username has at most 64 characters'],
    ['?username=%E2%80%AEevil', 'username: '],
    ['?create.excludeCredentials=[{"id":"AAAA","transports":5}]', 'create.excludeCredentials'],
    ['?create.excludeCredentials={"invented":{"transports":5}}', 'create.excludeCredentials'],
    [`?username=${apiKey}`, 'username: it looks like a key'],
    ['?preset=strongest', 'preset is none of this page’s'],
    ['?create.attestation=maybe', 'create.attestation'],
    ['?create.timeout=20s', 'create.timeout'],
    ['?create.timeout=-1', 'create.timeout'],
    ['?create.pubKeyCredParams=[-7,-7]', 'create.pubKeyCredParams'],
    ['?create.pubKeyCredParams=ES256', 'create.pubKeyCredParams'],
    ['?create.hints=["psychic"]', 'create.hints'],
    ['?create.user.id=!!!', 'create.user.id'],
    ['?create.timeout=20s&create.timeout=-1', 'create.timeout'],
    ['?get.allowCredentials=["not base64url"]', 'get.allowCredentials'],
    ['?create.__proto__=1', 'create.__proto__'],
    ['?create.a.__proto__.b=1', 'create.a.__proto__.b'],
    [`?create.foo=${'x'.repeat(2_001)}`, 'create.foo'],
    [`?create.${'x'.repeat(65)}=1`, 'a member with an overlong name'],
    [`?get.foo=${token}`, 'get.foo'],
  ])('%s', (address, words) => {
    const { ignored, choices, ...rest } = readAddress(address)
    expect(ignored).toEqual([expect.stringContaining(words)])
    expect(rest).toEqual({})
    expect({ ...choices?.registration, ...choices?.authentication }).toEqual({})
  })

  test('and the rest is taken', () => {
    expect(readAddress('?tab=mpc&username=ada&create.attestation=maybe&create.timeout=1000')).toEqual({
      ...{ tab: 'mpc', username: 'ada', choices: chosen({ timeout: 1_000 }), ignored: ['create.attestation'] },
    })
  })

  test('and of very many members the first are taken', () => {
    const many = Array.from({ length: 70 }, (_, at) => `create.m${at}=1`).join('&')
    const { choices, ignored } = readAddress(`?${many}`)
    expect(Object.keys(choices?.registration ?? {})).toHaveLength(64)
    expect(ignored).toEqual(['options after the first 64'])
  })
})
