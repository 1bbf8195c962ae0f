import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { refusalOf } from './refusal.ts'

const library = 'node_modules/@simplewebauthn/server/esm'

/** What the library's source throws, with `said` where it quotes a client. */
function messagesIn(glob: string, said: string): string[] {
  const sources = globSync(`${library}/${glob}`).map((file) => readFileSync(file, 'utf8'))
  const messages = sources.flatMap((source) =>
    [...source.matchAll(/(?:new Error\(|message: )(['`])((?:\\.|(?!\1).)*)\1/gs)].map(([, , text = '']) => text),
  )
  return messages.map((text) => text.replaceAll('\\`', '`').replaceAll(/\$\{[^}]*\}/g, said))
}

const unread = 'SimpleWebAuthn could not read it'
const planted = '-----BEGIN CERTIFICATE-----\nMIIB (TPM) x5c AAGUID tokenBinding'

test('nothing that it says comes through, nor what it quotes', () => {
  const messages = messagesIn('**/*.js', planted)
  expect(messages.length).toBeGreaterThan(100)
  for (const message of [...messages, planted, '']) {
    const { reason } = refusalOf(new Error(message))
    expect(reason).not.toMatch(/BEGIN|MII|[`"$\\]/)
    expect(reason.length).toBeLessThan(60)
  }
  for (const thrown of ['text', undefined, null, new DOMException('x', 'DataError')]) {
    expect(refusalOf(thrown)).toEqual({ reason: unread })
  }
})

test('every refusal of a ceremony’s own steps, and of each statement format, is told in words of its own', () => {
  const steps = messagesIn('{registration,authentication}/verify*.js', planted)
  const statements = messagesIn('registration/verifications/**/verify*.js', 'x')
  expect([steps.length, statements.length].every((length) => length > 20)).toBe(true)
  const untold = [...steps, ...statements].filter((message) => refusalOf(new Error(message)).reason === unread)
  // What the schema, the decoders and the checks before have ruled out.
  expect(
    untold.filter(
      (message) =>
        !/^(?:Credential (?:missing )?response|No (?:credential ID|public key|AAGUID) was|Custom challenge|Unsupported pubArea|Unexpected TPM)/.test(
          message,
        ),
    ),
  ).toEqual([])
})
