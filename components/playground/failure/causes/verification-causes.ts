import type { Check } from '#lib/webauthn/checks/check.ts'
import type { Circumstances } from '../circumstances.ts'
import type { Cause, Help } from '../help.ts'

/** A credential that did not verify. */
interface Refused extends Circumstances {
  /** The check that failed first, in the specification’s order. */
  first: string
  /** The signature, or an attestation in its place, does not hold either. */
  unproven: boolean
  /** Something that a signature covers is not as it should be. */
  touched: boolean
  /** It is a registration without an attestation. */
  unsigned: boolean
}

interface VerificationCause {
  id: string
  /** The checks that it shows as, where they are the first that failed. */
  checks: readonly string[]
  /** Whether it can be so here; absent: always. */
  when?: (refused: Refused) => boolean
  why: string
  help: (refused: Refused) => Help
  /** What to do where it is the only reason, and the check’s own advice is about something else. */
  todo?: string
}

const again = (): Help => ({ do: 'again' })
const register = (): Help => ({ do: 'register' })
const proven = ({ unproven }: Refused) => !unproven
const find = 'Find what changes it, then press the button again.'

const ofFrames = ['cross-origin', 'top-origin']

/** The checks on what a signature covers. */
const signed = [
  'client-data-json',
  'type',
  'challenge',
  'origin',
  'cross-origin',
  'top-origin',
  'authenticator-data',
  'rp-id-hash',
  'user-present',
  'user-verified',
  'backup-flags',
  'backup-eligibility',
  'sign-count',
]

/** Why a credential does not verify, the likeliest first: a signature that holds tells what was changed from what was so. */
const entries: readonly VerificationCause[] = [
  {
    id: 'changed-after-signing',
    checks: [...signed, 'signature'],
    when: ({ unproven, touched }) => unproven && touched,
    why: 'It was changed after the authenticator signed it: the signature does not fit either. A browser extension, a proxy or a test’s own hook changes what it passes on.',
    help: again,
    todo: find,
  },
  {
    id: 'changed-signature',
    checks: ['signature'],
    when: ({ touched }) => !touched,
    why: 'The signature was changed on its way, by a browser extension, a proxy or a test’s own hook: all that it covers is as it should be.',
    help: again,
  },
  {
    id: 'another-key',
    checks: ['signature'],
    why: 'Another key made it: the authenticator, or a test that holds its keys, has a new one under this passkey’s ID.',
    help: register,
  },
  {
    id: 'encoding',
    checks: ['signature-encoding'],
    why: 'Whoever signed wrote r and s one after the other, as JWTs have them, or with leading zeros.',
    help: again,
  },
  {
    id: 'replayed',
    checks: ['challenge', 'type'],
    when: proven,
    why: 'It is the answer to another ceremony: an old response was sent again, or two were mixed up.',
    help: again,
  },
  {
    id: 'nothing-signed',
    checks: signed,
    when: ({ unsigned, first, framed }) =>
      unsigned && !likelierSo.includes(first) && !(framed && ofFrames.includes(first)),
    why: 'It was changed on its way: without an attestation nothing in a registration is signed.',
    help: again,
    todo: find,
  },
  {
    id: 'framed',
    checks: ofFrames,
    when: proven,
    why: 'The page was in a frame of another site, and this server takes no passkeys from there.',
    help: ({ origin }) => ({ do: 'open', url: `${origin}/playground` }),
    todo: 'Open the page in a tab of its own.',
  },
  {
    id: 'no-touch',
    checks: ['user-present'],
    when: proven,
    why: 'The authenticator answered without anybody’s touch, which only a conditional registration may.',
    help: again,
  },
  {
    id: 'flags',
    checks: ['backup-flags', 'backup-eligibility'],
    when: proven,
    why: 'The passkey provider says of the same passkey what it may not say: eligibility is settled when a passkey is made.',
    help: register,
  },
  {
    id: 'copy',
    checks: ['sign-count'],
    when: proven,
    why: 'The passkey was copied, or its authenticator was set back to an earlier state: both copies count on their own.',
    help: register,
  },
  {
    id: 'statement',
    checks: ['attestation-statement'],
    why: 'The statement was changed on its way, or the authenticator made it wrongly: it is not about this passkey and these bytes.',
    help: ({ kind }) => ({ do: 'set-option', ceremony: kind, path: 'attestation', value: 'none' }),
  },
  {
    id: 'algorithm',
    checks: ['algorithm'],
    why: 'The authenticator made a key of its own choice, and Algorithms does not list it.',
    help: ({ kind }) => ({ do: 'set-option', ceremony: kind, path: 'pubKeyCredParams', value: undefined }),
  },
]

/** The checks whose own words name a likelier reason than a change on the way. */
const likelierSo = ['origin', 'user-verified', 'rp-id-hash']

/** The reasons that a credential can have not to verify, by all checks of it; none where the first failed one says it all. */
export function verificationCauses(
  checks: readonly Check[],
  circumstances: Circumstances,
): { causes: Cause[]; todo?: string | undefined } {
  const failed = checks.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id)
  const [first = ''] = failed
  const refused: Refused = {
    ...circumstances,
    first,
    unproven: failed.includes('signature') || failed.includes('attestation-statement'),
    touched: failed.some((id) => signed.includes(id)),
    unsigned: checks.some(({ id, actual }) => id === 'attestation-format' && actual === 'none'),
  }
  const possible = entries.filter(({ checks, when }) => checks.includes(first) && (when?.(refused) ?? true))
  return {
    causes: possible.map(({ why, help }) => ({ why, help: help(refused) })),
    todo: possible.length > 1 ? 'Go through the reasons from the top.' : possible[0]?.todo,
  }
}
