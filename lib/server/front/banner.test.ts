import { expect, test } from 'vitest'
import { banner } from './banner.ts'

const at = (baseUrl: string) => banner({ baseUrl, demo: [], setUp: [], tenants: true })

test.each([
  ['http://127.0.0.1:3000', /no passkeys at 127\.0\.0\.1, which is an address/],
  ['https://[2001:db8::1]', /no passkeys at \[2001:db8::1\], which is an address/],
  ['http://auth.example', /no passkeys over http: at auth\.example/],
])('who starts the server at %s is told that browsers offer no passkeys there', (baseUrl, sentence) => {
  expect(at(baseUrl)).toMatch(sentence)
})

test.each(['http://localhost:3000', 'https://auth.example'])('nothing of that is said at %s', (baseUrl) => {
  expect(at(baseUrl)).not.toContain('no passkeys')
  expect(at(baseUrl)).toContain(`${baseUrl}/playground`)
})
