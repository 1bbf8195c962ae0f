import { expect, test } from 'vitest'
import type { FaultResult } from '#lib/webauthn/faults/index.ts'
import { faults } from '#lib/webauthn/faults/index.ts'
import { curlOf, jsonOf } from './fault-copy.ts'
import { emptyLab, type LabAction, type LabState, lateFault, reduceLab, resultsOf } from './lab-state.ts'
import { matrixOf, refuserOf } from './matrix.ts'
import type { BenchServer } from './trial.ts'

const check = { title: 'x', spec: 'https://x.example', outcome: 'fail', expected: '', actual: '' } as const
const told = { checks: [{ ...check, id: 'origin' }] }
const result: FaultResult = { id: 'another-origin', verdict: 'caught', by: ['origin'], was: 'a', is: 'b', checks: [] }
const after = (...actions: LabAction[]): LabState => actions.reduce(reduceLab, emptyLab)
const begun: LabAction = { type: 'all-begun', at: '2026-09-01T10:00:00.000Z' }

test('what waits five minutes goes on beside the others and is untried in the report until it is answered', () => {
  const waiting = after(
    ...([begun, { type: 'late-begun' }, { type: 'late-waits', until: 1_000 }] as const),
    ...([
      { type: 'begun', id: 'another-origin' },
      { type: 'ended', result },
      { type: 'all-ended', took: 5 },
    ] as const),
  )
  expect(waiting).toMatchObject({ lateAt: 1_000, all: { status: 'done', took: 5 }, trying: undefined })
  const late = resultsOf(waiting).find(({ id }) => id === lateFault.id)
  expect(late).toMatchObject({ verdict: 'untried', reason: expect.stringContaining('1970-01-01T00:00:01.000Z') })
  const answered = reduceLab(waiting, { type: 'late-ended', result: { ...result, id: lateFault.id } })
  expect(answered.lateAt).toBeUndefined()
  expect(resultsOf(answered).find(({ id }) => id === lateFault.id)).toMatchObject({ verdict: 'caught' })
})

test('stopping ends what runs and what waits, keeps what is known, and says of the rest that it was stopped', () => {
  const stopped = after(
    ...([begun, { type: 'late-begun' }, { type: 'ended', result }, { type: 'begun', id: 'bit-flipped' }] as const),
    { type: 'stopped', took: 7 },
  )
  expect(stopped).toMatchObject({ trying: undefined, lateAt: undefined, all: { status: 'stopped', took: 7 } })
  const results = resultsOf(stopped)
  expect(results).toHaveLength(faults.length)
  expect(results.filter(({ verdict }) => verdict === 'caught')).toHaveLength(1)
  expect(results.find(({ id }) => id === 'bit-flipped')?.reason).toBe('The run was stopped before it.')
  // A run that is over stays over.
  const done = after(begun, { type: 'all-ended', took: 5 }, { type: 'stopped', took: 9 })
  expect(done.all).toMatchObject({ status: 'done', took: 5 })
})

test('a run of all forgets what was known, and another server all of it', () => {
  const known = after({ type: 'ended', result }, { type: 'left', left: 2 })
  expect(reduceLab(known, begun)).toMatchObject({ results: {}, left: 2 })
  expect(reduceLab(known, { type: 'forgotten' })).toEqual(emptyLab)
})

test('what is there of single faults is known until it is stopped or all were run, and two may tidy at once', () => {
  const single = after({ type: 'begun', id: 'another-origin' }, { type: 'ended', result })
  expect(single.holds).toBe(true)
  expect(reduceLab(single, { type: 'stopped', took: 0 }).holds).toBe(false)
  expect(reduceLab(single, { type: 'all-ended', took: 0 }).holds).toBe(false)
  expect(reduceLab(single, { type: 'ended', result: { ...result, verdict: 'untried' } }).holds).toBe(false)
  const tidying = after({ type: 'tidying' }, { type: 'tidying' }, { type: 'left', left: 1 })
  expect(tidying).toMatchObject({ tidying: 1, left: 1 })
  expect(reduceLab(reduceLab(tidying, { type: 'forgotten' }), { type: 'left', left: 0 })).toEqual(emptyLab)
})

test('the matrix has a column for all that must refuse, and for what refused as well', () => {
  expect(matrixOf({}).rows.map(({ fault }) => fault)).toEqual(faults)
  const { columns, rows } = matrixOf({
    'another-origin': { ...result, ...told, by: ['origin', 'second-opinion'] },
    'another-challenge': { ...result, id: 'another-challenge', by: [], checks: undefined },
    'answered-twice': { ...result, id: 'answered-twice', by: ['ceremony_unknown'], code: 'ceremony_unknown' },
    'bit-flipped': { ...result, id: 'bit-flipped', verdict: 'hole', by: [] },
    'cbor-goes-on': { ...result, id: 'cbor-goes-on', verdict: 'elsewhere', by: ['their_code'] },
  })
  const marksOf = (id: string) => rows.find(({ fault }) => fault.id === id)?.marks
  expect(marksOf('another-origin')).toEqual({ origin: 'refused', 'second-opinion': 'also' })
  // Refused, and nobody says by what: no check is credited with it.
  expect(marksOf('another-challenge')).toEqual({ challenge: 'somehow' })
  expect(marksOf('answered-twice')).toEqual({ ceremony_unknown: 'refused' })
  expect(marksOf('bit-flipped')).toEqual({ signature: 'accepted' })
  expect(marksOf('cbor-goes-on')).toEqual({ their_code: 'also' })
  expect(columns.map(({ title }) => title)).toEqual(expect.arrayContaining(['Origin', 'Ceremony open', 'their_code']))
})

test('each fault names a check that its ceremony has, with its step and address, or that the ceremony is over', () => {
  for (const fault of faults) {
    const { title, spec, step } = refuserOf(fault, fault.refusedBy)
    expect(spec).toMatch(/^https:\/\/www\.w3\.org\/TR\/webauthn-3\/#/)
    if (fault.refusedBy === 'ceremony_unknown') expect(title).toBe('Ceremony open')
    else if (step) expect(step).toMatch(fault.ceremony === 'registration' ? /^§7\.1 step/ : /^§7\.2 step/)
    expect(title).not.toBe(fault.refusedBy)
  }
  expect(refuserOf({ ceremony: 'registration' }, 'sign-count').title).toBe('sign-count')
})

test('what is copied has the call, and neither the key nor a header’s value', () => {
  const server: BenchServer = {
    ...{ name: 'x', origin: 'https://app.example', apiKey: 'sk_test_secret' },
    mapping: {
      registration: { begin: { url: '' }, finish: { url: '' } },
      authentication: { begin: { url: '' }, finish: { url: '' } },
      headers: { authorization: 'Bearer sk_test_secret' },
    },
  }
  const tried = { ...result, call: { url: 'https://app.example/finish', body: `{"id":"it's"}` } }
  expect(curlOf(tried, server)?.split(' \\\n  ')).toEqual([
    `curl 'https://app.example/finish'`,
    '-H "Authorization: Bearer $PLAYGROUND_API_KEY"',
    "-H 'Content-Type: application/json'",
    `-d '{"id":"it'\\''s"}'`,
  ])
  const { apiKey: _, ...own } = server
  const theirs = curlOf(tried, { ...own, mapping: { ...own.mapping, headers: { 'X-Api-Key': 'hush' } } })
  expect(theirs).toContain(`-H 'X-Api-Key: '"$X_API_KEY"`)
  expect(theirs).not.toContain('hush')
  expect(curlOf(result, server)).toBeUndefined()
  expect(JSON.parse(jsonOf(tried))).toEqual(result)
})
