import { expect, test } from 'vitest'
import {
  apiPreset,
  keptOf,
  type OwnFields,
  type OwnMistakes,
  readKept,
  readOwnServer,
  simpleWebAuthnPreset,
} from './own-target.ts'

const base = simpleWebAuthnPreset('https://app.example')

function mistakesOf(changed: Partial<OwnFields>): OwnMistakes {
  const read = readOwnServer({ ...base, ...changed })
  return 'mistakes' in read ? read.mistakes : {}
}

test('both presets describe a server, and a header with a value goes along', () => {
  expect(readOwnServer(base)).toMatchObject({
    server: {
      ...{ name: 'https://app.example', origin: 'https://app.example', cookies: true },
      mapping: {
        registration: {
          begin: { url: 'https://app.example/generate-registration-options' },
          finish: { url: 'https://app.example/verify-registration', body: '$credential' },
        },
        acceptedAt: 'verified',
      },
    },
  })
  const read = readOwnServer({ ...apiPreset('https://auth.example'), headerValue: ' Bearer x ' })
  expect(read).toMatchObject({
    server: { mapping: { headers: { Authorization: 'Bearer x' }, optionsAt: 'publicKey', ceremonyAt: 'ceremonyId' } },
  })
  expect('server' in read && read.server.apiKey).toBeUndefined()
})

test.for([
  [{ registerBegin: '' }, 'missing'],
  [{ registerBegin: '/register' }, 'no URL'],
  [{ registerBegin: 'javascript:alert(1)' }, 'Only http'],
  [{ registerBegin: 'https://ada:secret@app.example/' }, 'password'],
  [{ registerBegin: `https://app.example/${'a'.repeat(2_000)}` }, 'longer than 2,000'],
  [{ origin: 'https://app.example/' }, 'no origin'],
  [{ origin: 'android:apk-key-hash:sYUC8p5I9SxqFernBPHmDxz_YVZXmVJdW8sHaMg9tEE' }, 'no origin'],
  [{ registerFinishBody: '' }, '"$credential"'],
  [{ registerFinishBody: '$credential' }, 'not JSON'],
  [{ authenticateFinishBody: '{"answer":"x"}' }, '"$credential"'],
  [{ registerBeginBody: `"${'a'.repeat(4_000)}"` }, 'longer than 4,000'],
  [{ optionsAt: 'data..publicKey' }, 'no path'],
  [{ optionsAt: 'a'.repeat(201) }, 'longer than 200'],
  [{ headerName: 'X Key' }, 'no name'],
  [{ headerName: 'Cookie' }, 'let no page set'],
  [{ headerValue: 'x' }, 'needs a name'],
  [{ headerName: 'X-Key', headerValue: 'a\nb' }, 'no header carries'],
] as const)('%j is told where it stands', ([changed, words]) => {
  const [field] = Object.keys(changed).slice(-1) as (keyof OwnFields)[]
  const mistakes = mistakesOf(changed)
  expect(Object.keys(mistakes)).toHaveLength(1)
  expect(Object.values(mistakes)[0]).toContain(words)
  if (!('headerValue' in changed)) expect(Object.keys(mistakes)).toEqual([field])
})

test('the tab keeps what was written without the header’s value, and takes back nothing of another shape', () => {
  const written = { ...base, headerName: 'X-Key', headerValue: 'hush' }
  expect(keptOf(written)).not.toContain('hush')
  expect(readKept(keptOf(written))).toEqual({ ...written, headerValue: '' })
  for (const text of [null, '', '{}', '[]', JSON.stringify({ ...base, cookies: 'yes' })])
    expect(readKept(text)).toBeUndefined()
})
