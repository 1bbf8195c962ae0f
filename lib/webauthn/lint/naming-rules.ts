import { fromBase64url } from '../decode/bytes.ts'
import type { CeremonyKind } from '../options.ts'
import { level3 } from '../specifications.ts'
import { type Chosen, inBoth, type LintContext, type LintRule, withChosen } from './rule.ts'

/** Bytes of a user handle. */
const longestHandle = 64

const path = { registration: 'rp.id', authentication: 'rpId' } as const

/** Whether a browser on that host may take the RP ID: it is the host, or what stands behind one of its dots. */
export function isSuffixOf(rpId: string, host: string): boolean {
  return host === rpId || host.endsWith(`.${rpId}`)
}

/** Text in a user handle that a person would read: a name, an address of mail, a number of a telephone. */
function readable(handle: unknown): string | undefined {
  const bytes = typeof handle === 'string' ? fromBase64url(handle) : null
  if (!bytes?.length || bytes.length > longestHandle) return undefined
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
  // No character can be both within a part and between two: else a long text takes for ever.
  const mail = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/
  const telephone = /^\+?[\d ()/-]{6,20}$/
  const name = /^\p{L}[\p{L}\p{M}'’]*(?:[ ._-]+\p{L}[\p{L}\p{M}'’]*)*\d{0,4}$/u
  return [mail, telephone, name].some((shape) => shape.test(text)) ? text : undefined
}

const wrongRpId = (chosen: Chosen, { host }: LintContext, ceremony: CeremonyKind) => {
  const id = chosen[ceremony][path[ceremony]]
  return typeof id === 'string' && host !== undefined && !isSuffixOf(id, host) ? id : undefined
}

/** Who the relying party and the user are to the authenticator. */
export const namingRules: readonly LintRule[] = [
  ...inBoth((ceremony) => ({
    id: 'rp-id-of-another',
    severity: 'warning',
    applies(chosen, context) {
      const id = wrongRpId(chosen, context, ceremony)
      return id === undefined
        ? undefined
        : `RP ID ${id} is neither ${context.host} nor a suffix of it: the browser refuses (SecurityError), but where that domain lists this origin as related.`
    },
    members: [path[ceremony]],
    mend: {
      label: 'Unset it',
      change: (chosen) => withChosen(chosen, ceremony, path[ceremony], undefined),
    },
    source: `${level3}#sctn-related-origins`,
  })),
  {
    id: 'rp-ids-differ',
    severity: 'warning',
    ceremony: 'authentication',
    applies({ registration, authentication }, { rpId }) {
      const made = registration['rp.id'] ?? rpId
      const used = authentication.rpId ?? rpId
      return (registration['rp.id'] ?? authentication.rpId) !== undefined && made !== used
        ? `RP ID ${used ?? 'of the tenant'} here, ${made ?? 'of the tenant'} at registration: a passkey is found under its own alone.`
        : undefined
    },
    members: ['rpId'],
    mend: {
      label: 'Make them agree',
      change: (chosen) => withChosen(chosen, 'authentication', 'rpId', chosen.registration['rp.id']),
    },
    source: `${level3}#rp-id`,
  },
  {
    id: 'readable-user-handle',
    severity: 'warning',
    ceremony: 'registration',
    applies({ registration }, { username }) {
      const text = readable(registration['user.id'])
      if (text === undefined) return undefined
      const what = text === username ? 'is the username' : 'looks like a name or an address'
      return `user.id “${text}” ${what}: authenticators may show it to others. A user handle is random bytes, and says nothing of its user.`
    },
    members: ['user.id'],
    mend: { label: 'Unset it', change: (chosen) => withChosen(chosen, 'registration', 'user.id', undefined) },
    source: `${level3}#sctn-user-handle-privacy`,
  },
]
