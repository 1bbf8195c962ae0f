import { fromBase64url } from '../decode/bytes.ts'
import type { CeremonyKind } from '../options.ts'
import { level3 } from '../specifications.ts'
import { type Chosen, inBoth, type LintRule, membersOf, withChosen } from './rule.ts'

const path = { registration: 'excludeCredentials', authentication: 'allowCredentials' } as const
const mostIds = 64
const longestId = 1023

interface Listed {
  count: number
  /** Bytes of the longest. */
  longest: number
}

/** How many credentials a ceremony names by itself, and how long their IDs are; undefined where the server fills the list. */
function listed(chosen: Chosen, ceremony: CeremonyKind): Listed | undefined {
  const value = chosen[ceremony][path[ceremony]]
  const { count, length } = membersOf(membersOf(value).invented)
  if (typeof count === 'number' && typeof length === 'number') return { count, longest: count ? length : 0 }
  if (!Array.isArray(value)) return undefined
  const lengths = value.map((entry) => {
    const id = typeof entry === 'string' ? entry : membersOf(entry).id
    return typeof id === 'string' ? (fromBase64url(id)?.length ?? 0) : 0
  })
  return { count: value.length, longest: Math.max(0, ...lengths) }
}

const unset = (ceremony: CeremonyKind): NonNullable<LintRule['mend']> => ({
  label: 'Take registered',
  change: (chosen) => withChosen(chosen, ceremony, path[ceremony], 'registered'),
})

/** Lists of credentials that a ceremony names. */
export const credentialRules: readonly LintRule[] = [
  ...inBoth((ceremony) => ({
    id: 'many-credentials',
    severity: 'error',
    applies(chosen) {
      const { count = 0 } = listed(chosen, ceremony) ?? {}
      return count > mostIds
        ? `${path[ceremony]} has ${count} entries: Chromium refuses more than ${mostIds} (RangeError), and so does this server.`
        : undefined
    },
    members: [path[ceremony]],
    mend: unset(ceremony),
    source:
      'https://chromium.googlesource.com/chromium/src/+/refs/heads/main/third_party/blink/public/mojom/webauthn/authenticator.mojom',
  })),
  ...inBoth((ceremony) => ({
    id: 'long-credential-id',
    severity: 'error',
    applies(chosen) {
      const { longest = 0 } = listed(chosen, ceremony) ?? {}
      return longest > longestId
        ? `${path[ceremony]} has an ID of ${longest} bytes: no credential ID is longer than ${longestId}.`
        : undefined
    },
    members: [path[ceremony]],
    mend: unset(ceremony),
    source: `${level3}#credential-id`,
  })),
  {
    id: 'invented-to-sign-in',
    severity: 'note',
    ceremony: 'authentication',
    applies: ({ authentication: { allowCredentials } }) =>
      membersOf(allowCredentials).invented === undefined
        ? undefined
        : 'allowCredentials is invented: no authenticator has one of these, and the refusal is the result.',
    members: ['allowCredentials'],
    mend: unset('authentication'),
    source: `${level3}#dom-publickeycredentialrequestoptions-allowcredentials`,
  },
]
