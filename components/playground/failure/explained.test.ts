import { expect, test } from 'vitest'
import { DialogueError } from '#lib/sdk/credentials/credential-errors.ts'
import { explained } from './explained.ts'

const origin = 'https://acme.example'

/** Why a page of Acme is refused an RP ID, by either call. */
async function whys(rpId: string, kind: 'registration' | 'authentication'): Promise<string> {
  const asked = kind === 'registration' ? { rp: { id: rpId } } : { rpId }
  const error = new DialogueError(kind === 'registration' ? 'create' : 'get', new DOMException('', 'SecurityError'), 5)
  const { causes = [] } = await explained(error, { kind, otherTenants: [], origin, asked })
  expect(causes.length).toBeGreaterThan(0)
  return causes.map(({ why }) => why).join(' ')
}

test.each([
  ['a domain elsewhere', 'globex.com', true],
  ['a domain under a public suffix of two parts', 'globex.co.uk', true],
  ['somebody’s own name under a shared one', 'globex.github.io', true],
  ['a public suffix', 'com', false],
  ['a public suffix of two parts', 'co.uk', false],
  ['a name that strangers share', 'github.io', false],
  ['an address', '192.0.2.1', false],
])('related origins are a reason where a list could be: of %s, %s, it is %s', async (_, rpId, offered) => {
  for (const kind of ['registration', 'authentication'] as const)
    expect((await whys(rpId, kind)).includes('Related origins')).toBe(offered)
})
