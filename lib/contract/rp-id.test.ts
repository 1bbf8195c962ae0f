import { expect, test } from 'vitest'
import { whyNoRpId } from './rp-id.ts'

test.each([
  'localhost',
  'app.localhost',
  'example.com',
  'login.example.co.uk',
  'acme.github.io',
  'acme.example',
  'auth.corp.internal',
  'intranet',
  'xn--bcher-kva.example',
  '1.example',
  `${'a'.repeat(63)}.example`,
])('%s is an RP ID', (text) => {
  expect(whyNoRpId(text)).toBeUndefined()
})

test.each([
  ['com', /^is a public suffix.*example\.com$/],
  ['co.uk', /^is a public suffix.*example\.co\.uk$/],
  ['github.io', /^is a public suffix/],
  ['anything.kawasaki.jp', /^is a public suffix/],
  ['xn--p1ai', /^is a public suffix/],
  ['127.0.0.1', /^is an address/],
  ['203.0.113.7', /^is an address/],
  ['0x7f.1', /^is an address/],
  ['2130706433', /^is an address/],
  ['[::1]', /^is an address/],
  ['::1', /^is not a domain/],
  ['-a.b', /^is not a domain/],
  ['a-.example', /^is not a domain/],
  ['a_b.example', /^is not a domain/],
  ['a..example', /^is not a domain/],
  ['.example', /^is not a domain/],
  [`${'a'.repeat(64)}.example`, /^is not a domain/],
  [`${'a.'.repeat(126)}example`, /^is longer than 253/],
  ['acme.example.', /^ends with a dot$/],
  ['Acme.example', /^has to be in lower case: acme\.example$/],
  ['bücher.example', /^has to be written as browsers do: xn--bcher-kva\.example$/],
  ['ａcme.example', /^has to be written as browsers do: acme\.example$/],
  ['https://acme.example', /^is not a domain: leave scheme/],
  ['acme.example:8443', /^is not a domain: leave scheme/],
  ['acme.example/path', /^is not a domain: leave scheme/],
  ['user@acme.example', /^is not a domain: leave scheme/],
  ['*.acme.example', /^is not a domain/],
  [' acme.example', /^is not a domain/],
  ['', /^is not a domain/],
])('“%s” is no RP ID', (text, reason) => {
  expect(whyNoRpId(text)).toMatch(reason)
})
