import { expect, test } from 'vitest'
import { env } from '../env.ts'
import { returnsTo } from './returns-to.ts'

const named = { rpId: 'acme.example', origins: '["https://pay.partner.example"]' }

test.each([
  ['https://acme.example/cb', 'acme.example', 'tenant'],
  ['https://app.acme.example:8443/cb', 'app.acme.example:8443', 'tenant'],
  ['https://pay.partner.example/cb', 'pay.partner.example', 'tenant'],
  ['https://partner.example/cb', 'partner.example', 'other'],
  ['https://evil-acme.example/cb', 'evil-acme.example', 'other'],
  ['https://acme.example.evil.example/cb', 'acme.example.evil.example', 'other'],
  ['http://127.0.0.1:8123/cb', '127.0.0.1:8123', 'device'],
  ['com.example.app:/cb', 'com.example.app', 'device'],
])('an answer for %s goes to %s, which is that of: %s', (uri, place, whose) => {
  expect(returnsTo(uri, named)).toEqual({ place, readable: null, whose })
})

test('nothing is the tenant’s that names no site, and this server is itself', () => {
  expect(returnsTo('https://acme.example/cb', { rpId: null, origins: null }).whose).toBe('other')
  expect(returnsTo(`${env().baseUrl}/playground/callback`, named).whose).toBe('server')
})

test('a name in another script is told as it is written and as browsers write it', () => {
  expect(returnsTo('https://münchen.example:444/cb', named)).toEqual({
    place: 'xn--mnchen-3ya.example:444',
    readable: 'münchen.example:444',
    whose: 'other',
  })
})

test('a long name is told whole', () => {
  const host = `${'a'.repeat(60)}.${'b'.repeat(60)}.acme.example.${'c'.repeat(60)}.evil.example`
  expect(returnsTo(`https://${host}/cb`, named)).toEqual({ place: host, readable: null, whose: 'other' })
})
