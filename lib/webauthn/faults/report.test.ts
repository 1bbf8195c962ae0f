import { expect, test } from 'vitest'
import { faultReport } from './fault-report.ts'
import type { FaultResult } from './fault-result.ts'
import { asJUnit, asMarkdown, asSummary, reportOn } from './report.ts'

const about = { target: 'http://localhost:4100', at: '2026-09-01T10:00:00.000Z', took: 412.4 }
const caught: FaultResult = {
  ...{ id: 'another-origin', verdict: 'caught', by: ['origin'], was: 'a', is: 'b' },
  ...{ status: 401, code: 'verification_failed', took: 11, checks: [] },
}
const hole: FaultResult = { ...caught, id: 'bit-flipped', verdict: 'hole', by: [], status: 200, code: undefined }
const untried: FaultResult = { ...caught, id: 'answered-late', verdict: 'untried', by: [], reason: 'Not yet.' }
const elsewhere: FaultResult = { ...caught, id: 'cbor-goes-on', verdict: 'elsewhere', by: ['signature'] }

test('counts each verdict once, in the order of the faults, without what was sent', () => {
  const sent = { ...hole, sent: { id: 'AAAA' } as never }
  const report = faultReport([untried, sent, elsewhere, caught], about)
  expect(report).toMatchObject({ ...about, took: 412, total: 4, caught: 1, elsewhere: 1, holes: 1, untried: 1 })
  expect(report.results.map(({ id }) => id)).toEqual(['another-origin', 'cbor-goes-on', 'bit-flipped', 'answered-late'])
  expect(report.results[0]).toMatchObject({ title: 'Another origin', group: 'Client data', refusedBy: 'origin' })
  expect(JSON.stringify(report)).not.toMatch(/"sent"|"checks"/)
})

test('says in a line what is not caught, and nothing of what is not there', () => {
  expect(asSummary(faultReport([caught], about))).toBe('1 of 1 caught')
  expect(asSummary(faultReport([caught, hole, elsewhere, untried], about))).toBe(
    '1 of 4 caught, 1 accepted, 1 refused by another check, 1 not tried',
  )
})

test('Markdown names each hole with what was sent, and what a server says stays within its cell', () => {
  const said = { ...caught, code: '|\n# <b>' }
  const text = asMarkdown(faultReport([said, { ...hole, is: 'a ` b' }], about))
  expect(text).toContain('### One bit flipped')
  expect(text).toContain('Sent `` a ` b `` in place of `a`; answered 200. The check that must refuse it: `signature`.')
  expect(text).toContain('401 \\| # \\<b\\>')
  expect(text.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(4)
  expect(asMarkdown(faultReport([caught], about))).not.toContain('Accepted')
})

test('JUnit: a hole is a failure, what was not tried is skipped, and what a server says breaks no markup', () => {
  const xml = asJUnit(
    faultReport([caught, { ...hole, is: '</failure><x a="1">&\u0000' }, elsewhere, untried], {
      ...about,
      target: '"<&',
    }),
  )
  expect(xml).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="Failure lab: &quot;&lt;&amp;" /)
  expect(xml).toContain('tests="4" failures="1" errors="0" skipped="1" time="0.412"')
  expect(xml.match(/<testsuite /g)).toHaveLength(4)
  expect(xml.match(/<testcase /g)).toHaveLength(4)
  expect(xml).toContain('<failure type="signature" message="Accepted (200): signature must refuse it.">')
  expect(xml).toContain('Sent: &lt;/failure&gt;&lt;x a=&quot;1&quot;&gt;&amp;\ufffd</failure>')
  expect(xml).toContain('<skipped message="Not yet."/>')
  expect(xml).toContain('<system-out>refused by another check: signature</system-out>')
})

test('faults of another protocol are written with where they are in place of a ceremony, and with nothing that they know besides', () => {
  const described = { id: 'code-reused', title: 'A code, twice', group: 'Token endpoint', attack: 'Who read it.' }
  const outcome = { id: 'code-reused', verdict: 'caught', by: ['invalid_grant'], was: 'a', is: 'b' } as const
  const known = { ...outcome, exchanges: ['secret'] }
  const report = reportOn([{ ...described, refusedBy: 'invalid_grant' }], [known], about)
  expect(report).toMatchObject({ total: 1, caught: 1 })
  expect(JSON.stringify(report)).not.toMatch(/secret|ceremony/)
  const row = '| A code, twice | Token endpoint | caught | invalid\\_grant | invalid\\_grant |'
  expect(asMarkdown(report)).toContain('| Fault | Where | Verdict |')
  expect(asMarkdown(report)).toContain(row)
  expect(asJUnit(report)).toContain('<testcase classname="Token endpoint" name="A code, twice"')
})
