import { expect, test } from 'vitest'
import { lint } from '../lint/lint.ts'
import type { CeremonyKind } from '../options.ts'
import { refuseAssertionExtensions, refuseRegistrationExtensions } from './refused-extensions.ts'

const inputs = { first: 'AQID' }
const listed = (...ids: string[]) => ids.map((id) => ({ id }))

interface Asked {
  extensions?: Record<string, unknown>
  allowCredentials?: { id: string }[]
  mediation?: string
}

/** What is refused, under which name, and the nearest that is not. */
const table: [kind: CeremonyKind, name: string, refused: Asked, control: Asked][] = [
  [
    ...(['registration', 'NotSupportedError'] as const),
    { extensions: { prf: { evalByCredential: {} } } },
    { extensions: { prf: { eval: inputs } } },
  ],
  [
    ...(['registration', 'NotSupportedError'] as const),
    { extensions: { largeBlob: { read: false } } },
    { extensions: { largeBlob: { support: 'required' } } },
  ],
  [
    ...(['registration', 'NotSupportedError'] as const),
    { extensions: { largeBlob: { write: 'AQID' } } },
    { extensions: { largeBlob: {} } },
  ],
  [
    ...(['registration', 'NotSupportedError'] as const),
    { extensions: { appid: 'https://acme.example' } },
    { extensions: { appidExclude: 'https://acme.example' } },
  ],
  [
    ...(['authentication', 'NotSupportedError'] as const),
    { extensions: { prf: { evalByCredential: { AAAA: inputs } } } },
    { extensions: { prf: { evalByCredential: {} } } },
  ],
  [
    ...(['authentication', 'SyntaxError'] as const),
    { extensions: { prf: { evalByCredential: { AAAA: inputs, BBBB: inputs } } }, allowCredentials: listed('AAAA') },
    {
      extensions: { prf: { evalByCredential: { AAAA: inputs, BBBB: inputs } } },
      allowCredentials: listed('AAAA', 'BBBB'),
    },
  ],
  ...['', 'A', 'AB', 'AAA=', '+/+/'].map((id): [CeremonyKind, string, Asked, Asked] => [
    ...(['authentication', 'SyntaxError'] as const),
    { extensions: { prf: { evalByCredential: { [id]: inputs } } }, allowCredentials: listed('AAAA') },
    { extensions: { prf: { evalByCredential: { AAAA: inputs } } }, allowCredentials: listed('AAAA') },
  ]),
  [
    ...(['authentication', 'NotSupportedError'] as const),
    { extensions: { largeBlob: { support: 'preferred' } } },
    { extensions: { largeBlob: {} } },
  ],
  [
    ...(['authentication', 'NotSupportedError'] as const),
    { extensions: { largeBlob: { read: true, write: 'AQID' } }, allowCredentials: listed('AAAA') },
    { extensions: { largeBlob: { read: true } }, allowCredentials: listed('AAAA', 'BBBB') },
  ],
  ...[undefined, [], listed('AAAA', 'BBBB')].map((allowCredentials): [CeremonyKind, string, Asked, Asked] => [
    ...(['authentication', 'NotSupportedError'] as const),
    { extensions: { largeBlob: { write: 'AQID' } }, ...(allowCredentials ? { allowCredentials } : {}) },
    { extensions: { largeBlob: { write: 'AQID' } }, allowCredentials: listed('AAAA') },
  ]),
  [
    ...(['authentication', 'NotSupportedError'] as const),
    {
      extensions: { largeBlob: { write: 'AQID' } },
      allowCredentials: listed('AAAA'),
      mediation: 'conditional',
    },
    { extensions: { largeBlob: { write: 'AQID' } }, allowCredentials: listed('AAAA'), mediation: 'optional' },
  ],
]

function refuse(kind: CeremonyKind, asked: Asked): void {
  if (kind === 'registration') refuseRegistrationExtensions(asked)
  else refuseAssertionExtensions(asked, asked.mediation)
}

/** The grave things that the lint says of the same choices. */
function errorsOf(kind: CeremonyKind, { extensions = {}, allowCredentials = [], mediation }: Asked): string[] {
  const chosen = {
    ...Object.fromEntries(Object.entries(extensions).map(([name, input]) => [`extensions.${name}`, input])),
    ...(kind === 'authentication' ? { allowCredentials: allowCredentials.map(({ id }) => id) } : {}),
    ...(mediation ? { mediation } : {}),
  }
  const both = { registration: {}, authentication: {}, [kind]: chosen }
  const found = lint(kind, both, { host: 'acme.example', rpId: 'acme.example', username: 'ada' })
  return found.filter(({ rule }) => rule.severity === 'error').map(({ words }) => words)
}

test.for(table)(
  '%s, %s: %j is refused, %j is not, and the lint says the same before',
  ([kind, name, refused, control]) => {
    expect(() => refuse(kind, refused)).toThrow(expect.objectContaining({ name }))
    expect(() => refuse(kind, control)).not.toThrow()
    expect(errorsOf(kind, refused)).toContainEqual(expect.stringContaining(name))
    expect(errorsOf(kind, control)).toEqual([])
  },
)
