import { expect, test } from 'vitest'
import { reportJson, reportMarkdown } from './compatibility-report.ts'
import type { Evidence } from './evidence.ts'

const made: Evidence[] = [
  {
    done: true,
    answer: {
      credentialId: 'secret-id',
      idsAgree: true,
      aaguid: '01020304-0506-0708-0102-030405060708',
      extensions: { prf: { results: { first: 'a-secret' } } },
    },
  },
]
const session = {
  made,
  verdicts: { 'attestation-none': { outcome: 'differs' as const, why: 'The format is a|b.' } },
}
const of = { userAgent: 'Test/1', at: new Date('2026-11-26T12:00:00Z') }

test('the report has the browser, the authenticator, what was asked, and each verdict', () => {
  const text = reportMarkdown(session, of)
  expect(text).toContain('- Browser: Test/1')
  expect(text).toContain('- Authenticator: Chromium virtual authenticator (01020304-0506-0708-0102-030405060708)')
  expect(text).toContain('| 1 | Attestation none | `create {"attestation":"none"')
  expect(text).toContain('| Differs | The format is a\\|b. |')
  expect(text.match(/\| Not run \|/g)).toHaveLength(15)
  const json = JSON.parse(reportJson(session, of))
  expect(json.authenticators).toEqual([
    { aaguid: '01020304-0506-0708-0102-030405060708', provider: 'Chromium virtual authenticator' },
  ])
  expect(json.steps[0]).toMatchObject({ id: 'attestation-none', outcome: 'differs' })
})

test('the report has no key, token, username, credential or secret', () => {
  const whole = { ...session, apiKey: 'sk_test_x', prefix: 'compatibility-x', passkeys: [{ token: 'a.b.c' }] }
  for (const text of [reportMarkdown(whole, of), reportJson(whole, of)]) {
    expect(text).not.toMatch(/sk_test|compatibility-x|a\.b\.c|secret/)
  }
})
