import { expect, test } from 'vitest'
import { urlHelp, urlMistake } from './url-words.ts'

test('a URL that is missing or none is said so before the server is asked, and nothing of another', () => {
  expect(urlMistake(' ')).toMatch(/Say where/)
  expect(urlMistake('hooks.example/x')).toMatch(/from https:\/\/ on/)
  expect(urlMistake('http://10.0.0.1/')).toBeUndefined()
})

test.each(['The URL must begin with https://.', 'The URL must lead to a public address.'])(
  'where this server is on localhost its operator is told of the setting: %s',
  (refusal) => {
    expect(urlHelp(refusal, 'localhost')).toContain('WEBHOOK_ALLOW_PRIVATE=on')
    expect(urlHelp(refusal, '[::1]')).toContain('WEBHOOK_ALLOW_PRIVATE=on')
    expect(urlHelp(refusal, 'auth.example.com')).toBeUndefined()
  },
)

test('what the setting does not change does not speak of it', () => {
  expect(urlHelp('The URL must hold no user and no password: calls are signed.', 'localhost')).toBeUndefined()
  expect(urlHelp(urlMistake('hooks.example/x'), 'localhost')).toBeUndefined()
  expect(urlHelp(undefined, 'localhost')).toBeUndefined()
})
