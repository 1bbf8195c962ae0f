import { expect, test } from 'vitest'
import { DialogueError, UnreadableCredential, UnsupportedCall } from '#lib/sdk/credentials/credential-errors.ts'
import { explain } from './explain.ts'

const ended = (name: string, call: 'create' | 'get', waited: number, message = '') =>
  explain(new DialogueError(call, new DOMException(message, name), waited))

test('a refusal within 300 ms is not put down to the person', () => {
  expect(ended('NotAllowedError', 'get', 16)).toMatchObject({
    atOnce: true,
    title: 'The authenticator refused at once',
    calm: false,
  })
  expect(ended('NotAllowedError', 'get', 301)).toMatchObject({ title: 'The browser’s dialogue was closed', calm: true })
})

test('what get() does not support is not put down to algorithms', () => {
  const { title, detail } = ended('NotSupportedError', 'get', 5, 'The credProps extension is only valid at creation.')
  expect(`${title} ${detail}`).not.toMatch(/algorithm/)
  expect(detail).toContain('credProps')
  expect(ended('NotSupportedError', 'create', 5).detail).toContain('algorithms')
})

test.each(['create', 'get'] as const)('where no authenticator keeps passkeys, %s is put down to that', (call) => {
  const message = "Resident credentials or empty 'allowCredentials' lists are not supported at this time."
  const { title, todo } = ended('NotSupportedError', call, 5, message)
  expect(title).toBe('There is no authenticator here that keeps passkeys')
  expect(todo).toContain('connect a security key')
})

test.each([
  ['the way to the server', new TypeError('Failed to fetch'), 'The server could not be reached'],
  ['the page', new TypeError('x is not a function'), 'The page could not finish'],
  ['the credential', new UnreadableCredential('No signature.'), 'The credential could not be read'],
  ['a browser without passkeys', new UnsupportedCall('None.'), 'This browser cannot use passkeys'],
  ['a press of Cancel', new DOMException('', 'AbortError'), 'Cancelled'],
])('what failed outside the dialogue is told as that: %s', (_, error, title) => {
  expect(explain(error)).toMatchObject({ title })
  expect(Boolean(explain(error).calm)).toBe(title === 'Cancelled')
})
