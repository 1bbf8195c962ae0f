import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fault, faults } from '#lib/webauthn/faults/index.ts'
import { command } from './command-run.ts'
import { weakServer } from './weak-server.ts'
import { withCookies } from './with-cookies.ts'

// The command as a process of its own, against a little server that leaves everything to a good library's defaults.

const folder = mkdtempSync(join(tmpdir(), 'faults-command-'))
let weak: Awaited<ReturnType<typeof weakServer>>
beforeAll(async () => {
  weak = await weakServer()
})
afterAll(() => {
  weak.close()
  rmSync(folder, { recursive: true })
})

/** What the weak server accepts, and why it does. */
const holes: Record<Fault['id'], string> = {
  'cross-origin': 'the library looks at topOrigin alone, and older browsers do not say it',
  'eligibility-changed': 'the library neither keeps nor compares BE, and the server does not, either',
  'another-user-handle': 'a handle is left to whoever calls the library: the server takes the passkey’s word',
  'answered-twice': 'the session keeps its challenge after it was answered, and this passkey does not count',
  'point-off-the-curve': 'without attestation the library decodes the key and never loads it',
  'cbor-goes-on': 'the library takes the first CBOR item, and passes over what is behind it',
  'register-ids-differ': 'the library compares id with rawId, and neither with the authenticator data',
  'registered-twice': 'the session keeps its challenge, and a passkey that is there already is written over',
}

test('against a weak server it names its holes and only those, and ends with 1', async () => {
  const output = join(folder, 'report.json')
  const { code, stdout, stderr } = await command(
    ...['--url', weak.url, '--preset', 'simplewebauthn', '--report', 'json', '--output', output],
  )
  expect([code, stderr]).toEqual([1, ''])
  const report = JSON.parse(readFileSync(output, 'utf8'))
  const verdicts = Object.fromEntries(
    report.results.map(({ id, verdict }: { id: string; verdict: string }) => [id, verdict]),
  )
  const expected = (id: string) => (id in holes ? 'hole' : id === 'answered-late' ? 'untried' : 'caught')
  expect(verdicts).toEqual(Object.fromEntries(faults.map(({ id }) => [id, expected(id)])))
  const { length } = Object.keys(holes)
  expect(stdout).toContain(`${faults.length - length - 1} of ${faults.length} caught, ${length} accepted, 1 not tried`)
  for (const id of Object.keys(holes)) expect(stdout).toMatch(new RegExp(`^ACCEPTED +${id} `, 'm'))
  expect(stdout).toMatch(/^not tried +answered-late +Left out: it waits more than five minutes\. --late tries it\.$/m)
})

test('one fault, a mapping of one’s own: what is refused ends with 0, and the report alone is on standard output', async () => {
  const mapping = join(folder, 'mapping.json')
  const of = (kind: string) => ({
    begin: { url: `/generate-${kind}-options` },
    finish: { url: `/verify-${kind}`, body: '$credential' },
  })
  const given = { registration: of('registration'), authentication: of('authentication'), acceptedAt: 'verified' }
  writeFileSync(mapping, JSON.stringify(given))
  const words = ['--url', weak.url, '--mapping', mapping, '--only', 'bit-flipped', '--report']
  const junit = await command(...words, 'junit')
  expect([junit.code, junit.stdout.split('\n')[0]]).toEqual([0, '<?xml version="1.0" encoding="UTF-8"?>'])
  expect(junit.stderr).toContain('1 of 1 caught')
  const elsewhere = await command(...words, 'markdown', '--origin', 'https://acme.example')
  expect([elsewhere.code, elsewhere.stdout]).toEqual([2, ''])
  expect(elsewhere.stderr).toContain(
    'The server refuses an honest registration, made as a page of https://acme.example: 400 (Unexpected registration response origin "https://acme.example", expected',
  )

  writeFileSync(mapping, JSON.stringify({ ...given, acceptedAt: 1, success: 'ok' }))
  const wrong = await command(...words, 'json')
  expect([wrong.code, wrong.stdout]).toEqual([2, ''])
  expect(wrong.stderr).toContain('is no mapping')
})

test('what is answered late is accepted by a server that keeps challenges for ever, and caught where they end in time', async () => {
  const late = (url: string, seconds: string) =>
    command('--url', url, '--preset', 'simplewebauthn', '--only', 'answered-late', '--late', seconds)
  const forever = await late(weak.url, '0.01')
  expect([forever.code, forever.stdout]).toEqual([1, expect.stringMatching(/^ACCEPTED +answered-late/m)])
  const careful = await weakServer(2_500)
  const inTime = await late(careful.url, '2.6')
  careful.close()
  expect([inTime.code, inTime.stdout]).toEqual([0, expect.stringMatching(/^caught +answered-late/m)])
})

test.each([
  ['nothing at all', [], 'Where is the server? --url says it'],
  ['no server', ['--api-key', 'sk_test_x'], 'Where is the server? --url says it'],
  ['an unknown flag', ['--ulr', 'http://localhost:1'], 'Did you mean --url?'],
  ['seconds that are none', ['--late', 'soon'], 'Seconds are a number from more than 0 to 3600'],
  ['no key', ['--url', 'http://localhost:1'], '--api-key, or PLAYGROUND_API_KEY'],
  ['a live key', ['--url', 'http://localhost:1', '--api-key', 'sk_live_x'], 'use a test key'],
  ['a live key behind a space', ['--url', 'http://localhost:1', '--api-key', ' sk_live_x'], 'use a test key'],
  ['nobody there', ['--url', 'http://127.0.0.1:65530', '--api-key', 'sk_test_x'], 'cannot be reached (ECONNREFUSED)'],
  ['an unknown fault', ['--only', 'nonsense'], 'There is no fault “nonsense”. There are: another-origin'],
  ['an unknown format', ['--report', 'pdf'], 'Allowed choices are json, markdown, junit'],
  ['no folder', ['--report', 'json', '--output', '/dev/null/a.json'], 'nothing can be written in its folder'],
  ['an origin that is none', ['--url', 'http://localhost:1', '--api-key', 'x', '--origin', 'acme'], 'is no origin'],
])('with %s it says what is wrong and ends with 2', async (_, words, said) => {
  const { code, stdout, stderr } = await command(...words)
  expect([code, stdout.includes('caught'), stderr]).toEqual([2, false, expect.stringContaining(said)])
})

test('--help tells what there is, and ends with 0', async () => {
  const { code, stdout, stderr } = await command('--help')
  expect([code, stderr]).toEqual([0, ''])
  for (const word of ['--url <base>', '--late [seconds]', '--timeout <seconds>', 'another-origin'])
    expect(stdout).toContain(word)
})

test('cookies go back to the origin that set them, until they are over', async () => {
  const sent: (string | null)[] = []
  const answers = [['a=1; Path=/', 'b=2=3'], [], ['a=; Max-Age=0'], ['b=; Expires=Thu, 01 Jan 1970 00:00:00 GMT'], []]
  const fetch = withCookies(async (_, init) => {
    sent.push(new Headers(init?.headers).get('cookie'))
    return new Response('', { headers: (answers.shift() ?? []).map((line) => ['set-cookie', line]) })
  })
  for (const host of ['one', 'other', 'one', 'one', 'one']) await fetch(`http://${host}.example/`)
  expect(sent).toEqual([null, null, 'a=1; b=2=3', 'b=2=3', null])

  const beside = withCookies(async (_, init) => {
    sent.push(new Headers(init?.headers).get('cookie'))
    return new Response('', { headers: { 'set-cookie': 'a=1' } })
  })
  sent.length = 0
  for (let tries = 0; tries < 2; tries++) await beside('http://one.example/', { headers: { cookie: 'own=1' } })
  expect(sent).toEqual(['own=1', 'own=1; a=1'])
})
