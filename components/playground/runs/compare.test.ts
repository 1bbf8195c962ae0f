import { describe, expect, test } from 'vitest'
import { toBase64url } from '#lib/webauthn/decode/index.ts'
import type { CeremonyKind } from '#lib/webauthn/options.ts'
import type { OptionValues } from '../options/option-values.ts'
import type { Run } from '../run.ts'
import type { RunRecord } from '../state.ts'
import { authenticatorDataOf, factsOf } from './compare-facts.ts'
import { comparedFields } from './compare-fields.ts'
import { comparedRows } from './compare-rows.ts'

/** Authenticator data without a credential: rpIdHash, flags, signCount. */
const said = (flags: number, count: number) => Uint8Array.of(...Array(32).fill(0xaa), flags, 0, 0, 0, count)

let number = 0
function record(
  kind: CeremonyKind,
  set: OptionValues,
  more: { data?: Uint8Array; results?: object; run?: Partial<Run> } = {},
): RunRecord {
  number += 1
  const { data, results = {} } = more
  const response = data
    ? { authenticatorData: toBase64url(data), signature: `c2ln${number}`, transports: ['internal'] }
    : undefined
  const body = response && { id: `id-${number}`, response, clientExtensionResults: results }
  const run = {
    ...{ kind, startedAt: number * 1_000, took: number, status: 'success' },
    authenticated: {
      token: 'x',
      user: {},
      passkey: { provider: 'iCloud Keychain', algorithm: -7, deviceType: 'multiDevice', backedUp: true },
    },
    messages: body ? [{ id: 'credential', from: 'authenticator', to: 'browser', label: '', at: 1, body }] : [],
    ...more.run,
  } as unknown as Run
  return {
    number,
    run,
    of: { username: 'ada', tenantName: 'Acme Wallet' },
    choices: { registration: set, authentication: set },
  }
}
const rowsOf = (left: RunRecord, right: RunRecord) => comparedRows(factsOf(left), factsOf(right))
/** The members that differ, what differs in them in stars. */
const differing = (left: RunRecord, right: RunRecord) =>
  Object.fromEntries(
    rowsOf(left, right)
      .filter(({ differs }) => differs)
      .map(({ member, cells }) => [
        member,
        cells.map((cell) => cell?.parts.map(({ text, differs }) => (differs ? `*${text}*` : text)).join(' ') ?? '–'),
      ]),
  )

describe('two ceremonies', () => {
  test('that were asked the same and answered the same differ in nothing: ids, signature and times are no members', () => {
    const [one, other] = [1, 2].map(() => record('authentication', { hints: ['hybrid'] }, { data: said(5, 0) }))
    expect(one && other && differing(one, other)).toEqual({})
    expect(one && other && rowsOf(one, other).length).toBeGreaterThan(10)
  })

  test('differ in what was asked: unset is said, with what it means', () => {
    const left = record('authentication', { userVerification: 'required', foo: { a: 1 } })
    const right = record('authentication', {})
    expect(differing(left, right)).toEqual({ userVerification: ['*required*', '*unset*'], foo: ['*{"a":1}*', '–'] })
    const row = rowsOf(left, right).find(({ member }) => member === 'userVerification')
    expect(row?.cells[1]?.note).toBe('preferred')
  })

  test('differ in what came back, down to the flag', () => {
    const left = record('authentication', {}, { data: said(0x05, 14), results: { credProps: { rk: true } } })
    const right = record('authentication', {}, { data: said(0x1d, 0) })
    expect(differing(left, right)).toEqual({
      flags: ['*0x05* UP UV', '*0x1d* UP UV *BE* *BS*'],
      signCount: ['*14*', '*0*'],
      'credProps result': ['*{"rk":true}*', '–'],
    })
  })

  test('of lists with the same words in another order, the order is what differs', () => {
    const [left, right] = [
      ['hybrid', 'client-device'],
      ['client-device', 'hybrid'],
    ].map((hints) => record('authentication', { hints }))
    expect(left && right && differing(left, right)).toEqual({
      hints: ['*hybrid* *client-device*', '*client-device* *hybrid*'],
    })
  })

  test('of two kinds stand side by side, by the members’ own names', () => {
    const left = record('registration', { 'authenticatorSelection.userVerification': 'required' })
    const right = record('authentication', { userVerification: 'required' })
    const rows = rowsOf(left, right)
    expect(rows.find(({ member }) => member === 'userVerification')).toMatchObject({ differs: false })
    expect(rows.find(({ member }) => member === 'ceremony')).toMatchObject({ differs: true })
    const attestation = rows.find(({ member }) => member === 'attestation')
    expect([attestation?.cells[1], attestation?.differs]).toEqual([undefined, false])
  })

  test('one of which failed: why stands beside what the other brought', () => {
    const failure = { code: 'NotAllowedError', what: 'What', why: '', todo: '', raw: '' }
    const left = record('authentication', {}, { run: { status: 'error', failure, authenticated: undefined } as never })
    const right = record('authentication', {}, { data: said(5, 0) })
    expect(differing(left, right)).toMatchObject({
      error: ['*NotAllowedError*', '–'],
      outcome: ['*refused at once*', '*iCloud Keychain · token*'],
    })
    expect(authenticatorDataOf(left.run)).toBeUndefined()
  })

  test('have no member with a secret in it', () => {
    const results = { prf: { enabled: true, results: { first: 'c2VjcmV0' } } }
    expect(JSON.stringify(factsOf(record('authentication', {}, { data: said(5, 0), results })))).not.toContain(
      'c2VjcmV0',
    )
  })
})

describe('authenticator data', () => {
  test('is compared byte by byte within its fields', () => {
    const fields = comparedFields(said(0x05, 14), said(0x1d, 0))
    expect(fields.map(({ name, differs }) => [name, differs])).toEqual([
      ['rpIdHash', false],
      ['flags', true],
      ['signCount', true],
    ])
    expect(fields[2]?.sides[0]).toEqual({
      from: 33,
      length: 4,
      stretches: [
        { hex: '000000', length: 3, differs: false },
        { hex: '0e', length: 1, differs: true },
      ],
    })
  })

  test('with more in one of them moves nothing, cut short shows what is there, and is never refused', () => {
    const extended = Uint8Array.of(...said(0x85, 1), 0xa1, 0x61, 0x61, 0x01)
    const fields = comparedFields(said(0x05, 1), extended)
    expect(fields.find(({ name }) => name === 'signCount')?.differs).toBe(false)
    expect(fields.at(-1)?.sides[0]).toBeUndefined()
    for (let end = 0; end < extended.length; end++) {
      const total = comparedFields(extended.slice(0, end), extended).reduce(
        (sum, { sides }) => sum + (sides[0]?.length ?? 0),
        0,
      )
      expect(total).toBe(end)
    }
  })
})
