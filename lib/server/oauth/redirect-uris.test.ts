import { expect, test } from 'vitest'
import { isRegistered } from './redirect-uris.ts'

const registered = [
  'https://app.example/callback',
  'http://127.0.0.1:8123/callback',
  'http://[::1]/callback?from=here',
  'http://localhost:8123/callback',
]

test.each(registered)('%s is what was registered', (uri) => {
  for (const native of [true, false]) expect(isRegistered(uri, registered, native)).toBe(true)
})

test.each([
  'http://127.0.0.1:8124/callback',
  'http://127.0.0.1:65535/callback',
  'http://127.0.0.1/callback',
  'http://[::1]:8124/callback?from=here',
])('%s is, of a native app alone', (uri) => {
  expect(isRegistered(uri, registered, true)).toBe(true)
  expect(isRegistered(uri, registered, false)).toBe(false)
})

test.each([
  ['another port of a name', 'http://localhost:8124/callback'],
  ['no port of a name', 'http://localhost/callback'],
  ['another port of a site', 'https://app.example:8124/callback'],
  ['a port that is none', 'http://127.0.0.1:65536/callback'],
  ['a port that is no number', 'http://127.0.0.1:x/callback'],
  ['an empty port', 'http://127.0.0.1:/callback'],
  ['another path', 'http://127.0.0.1:8124/callback/'],
  ['another query', 'http://127.0.0.1:8124/callback?x'],
  ['a fragment', 'http://127.0.0.1:8124/callback#x'],
  ['another loopback address', 'http://127.0.0.2:8123/callback'],
  ['another spelling', 'http://127.1:8123/callback'],
  ['the other family', 'http://[::1]:8123/callback'],
  ['https', 'https://127.0.0.1:8124/callback'],
  ['a scheme in capitals', 'HTTP://127.0.0.1:8124/callback'],
  ['a user', 'http://127.0.0.1:8123@evil.example/callback'],
  ['a user before it', 'http://x@127.0.0.1:8123/callback'],
  ['a name that begins so', 'http://127.0.0.1.evil.example:8123/callback'],
  ['a line break', 'http://127.0.0.1:8124/callback\n'],
  ['nothing', ''],
])('%s is not', (_what, uri) => {
  for (const native of [true, false]) expect(isRegistered(uri, registered, native)).toBe(false)
})
