import { expect, test } from 'vitest'
import { relatedTo, relationOf, whyNoOrigin } from './origin.ts'

const hash = Buffer.alloc(32, 0xfb).toString('base64url')

test.each([
  'https://acme.example',
  'http://localhost:3000',
  'https://[2001:db8::1]:8443',
  `android:apk-key-hash:${hash}`,
  'ios:bundle-id:com.acme.wallet',
])('%s is an origin', (origin) => {
  expect(whyNoOrigin(origin)).toBeUndefined()
})

test.each([
  ['acme.example', /^is not an origin$/],
  ['https://acme.example/', /^is not an origin$/],
  ['https://ACME.example', /^is not an origin$/],
  ['https://acme.example:443', /^is not an origin$/],
  ['ftp://acme.example', /^is not an origin$/],
  ['chrome-extension://abc', /^is not an origin$/],
  ['', /^is not an origin$/],
  ['android:apk-key-hash:', /43 characters/],
  [`android:apk-key-hash:${hash}=`, /43 characters/],
  [`android:apk-key-hash:${hash.slice(1)}`, /43 characters/],
  [`android:apk-key-hash:${hash.slice(0, -1)}t`, /43 characters/],
  [`android:apk-key-hash:${Buffer.alloc(32, 0xfb).toString('base64')}`, /43 characters/],
  [`Android:apk-key-hash:${hash}`, /43 characters/],
  [`android:apk-key-hash:${hash}/path`, /43 characters/],
  ['ios:bundle-id:', /bundle ID/],
  ['ios:bundle-id:com.acme wallet', /bundle ID/],
])('%s is no origin', (text, reason) => {
  expect(whyNoOrigin(text)).toMatch(reason)
})

test.each([
  ['https://acme.example', 'inside'],
  ['https://login.acme.example:8443', 'inside'],
  ['https://notacme.example', 'related'],
  ['http://acme.example', 'insecure'],
  ['http://localhost:3000', 'related'],
  ['http://app.localhost', 'related'],
  ['https://203.0.113.7', 'address'],
  ['http://127.0.0.1:3000', 'address'],
  ['https://[2001:db8::1]', 'address'],
  [`android:apk-key-hash:${hash}`, 'app'],
  ['ios:bundle-id:com.acme.wallet', 'app'],
  ['acme.example', 'malformed'],
])('%s stands to acme.example as %s', (origin, relation) => {
  expect(relationOf(origin, 'acme.example')).toBe(relation)
})

test('an address is no RP ID, not even for itself', () => {
  expect(relationOf('http://127.0.0.1:3000', '127.0.0.1')).toBe('address')
  expect(relationOf('http://localhost:3000', 'localhost')).toBe('inside')
})

test('only pages of other domains are related', () => {
  const origins = ['https://acme.example', `android:apk-key-hash:${hash}`, 'https://b.example', 'http://c.example']
  expect(relatedTo({ id: 'acme.example', origins })).toEqual(['https://b.example'])
})
