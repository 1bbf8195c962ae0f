import { fromBase64url } from '../decode/bytes.ts'
import { optionAt } from '../options.ts'
import { level3 } from '../specifications.ts'
import { type Chosen, type LintRule, membersOf, withChosen } from './rule.ts'

const prf = 'extensions.prf'
const largeBlob = 'extensions.largeBlob'
const policy = 'extensions.credentialProtectionPolicy'
const enforce = 'extensions.enforceCredentialProtectionPolicy'
const appid = 'extensions.appid'
const getCredBlob = 'extensions.getCredBlob'

/** Where an extension is defined. */
const sourceOf = (path: string) => optionAt(path)?.spec ?? `${level3}#sctn-defined-extensions`

type Ceremony = LintRule['ceremony']

/** Whether a dictionary has one of those members. */
const has = (value: unknown, ...names: string[]) => names.some((name) => membersOf(value)[name] !== undefined)

/** A mend that takes members out of an extension’s input, and the extension with its last. */
function without(ceremony: Ceremony, path: string, ...names: string[]) {
  return (chosen: Chosen) => {
    const rest = Object.entries(membersOf(chosen[ceremony][path])).filter(([name]) => !names.includes(name))
    return withChosen(chosen, ceremony, path, rest.length || path === prf ? Object.fromEntries(rest) : undefined)
  }
}

const unset = (ceremony: Ceremony, path: string) => (chosen: Chosen) => withChosen(chosen, ceremony, path, undefined)

/** No credential is named, whoever signs in. */
const namesNone = ({ authentication: { allowCredentials } }: Chosen) =>
  allowCredentials === 'none' || (Array.isArray(allowCredentials) && allowCredentials.length === 0)

/** The IDs that are written out, or undefined where the server fills the list. */
function namedIds({ authentication: { allowCredentials } }: Chosen): unknown[] | undefined {
  if (!Array.isArray(allowCredentials)) return undefined
  return allowCredentials.map((entry) => (typeof entry === 'string' ? entry : membersOf(entry).id))
}

/** Whether an ID is among those that are written out; of those that the server fills in, whether it is one at all. */
const isAllowed = (id: string, ids: unknown[] | undefined) =>
  ids === undefined ? Boolean(fromBase64url(id)?.length) : ids.includes(id)

/** Which inputs an extension takes in which ceremony. */
export const extensionRules: readonly LintRule[] = [
  {
    id: 'prf-by-credential-on-registration',
    severity: 'error',
    ceremony: 'registration',
    applies: ({ registration }) =>
      has(registration[prf], 'evalByCredential')
        ? 'prf.evalByCredential is for sign-ins: a registration with it is refused (NotSupportedError).'
        : undefined,
    members: [prf],
    mend: { label: 'Take it out', change: without('registration', prf, 'evalByCredential') },
    source: sourceOf(prf),
  },
  {
    id: 'prf-by-credential-of-none',
    severity: 'error',
    ceremony: 'authentication',
    applies: (chosen) =>
      Object.keys(membersOf(membersOf(chosen.authentication[prf]).evalByCredential)).length && namesNone(chosen)
        ? 'prf.evalByCredential without allowCredentials is refused (NotSupportedError): nobody says whose inputs they are.'
        : undefined,
    members: [prf, 'allowCredentials'],
    mend: {
      label: 'Allow registered',
      change: (chosen) => withChosen(chosen, 'authentication', 'allowCredentials', 'registered'),
    },
    source: sourceOf(prf),
  },
  {
    id: 'prf-by-credential-of-another',
    severity: 'error',
    ceremony: 'authentication',
    applies(chosen) {
      const ids = namedIds(chosen)
      const inputs = Object.keys(membersOf(membersOf(chosen.authentication[prf]).evalByCredential))
      return !namesNone(chosen) && inputs.some((id) => !isAllowed(id, ids))
        ? 'prf.evalByCredential names a credential that allowCredentials does not: it is refused (SyntaxError).'
        : undefined
    },
    members: [prf, 'allowCredentials'],
    mend: {
      label: 'Take it out',
      change(chosen) {
        const ids = namedIds(chosen)
        const input = membersOf(chosen.authentication[prf])
        const kept = Object.entries(membersOf(input.evalByCredential)).filter(([id]) => isAllowed(id, ids))
        const { evalByCredential: _, ...rest } = input
        const value = kept.length ? { ...rest, evalByCredential: Object.fromEntries(kept) } : rest
        return withChosen(chosen, 'authentication', prf, value)
      },
    },
    source: sourceOf(prf),
  },
  {
    id: 'prf-without-registration',
    severity: 'note',
    ceremony: 'authentication',
    applies: ({ registration, authentication }) =>
      has(authentication[prf], 'eval', 'evalByCredential') && registration[prf] === undefined
        ? 'prf is evaluated here and not asked for at registration: some authenticators give a passkey a PRF only there.'
        : undefined,
    members: [prf],
    mend: { label: 'Ask for it', change: (chosen) => withChosen(chosen, 'registration', prf, {}) },
    source: sourceOf(prf),
  },
  {
    id: 'large-blob-on-registration',
    severity: 'error',
    ceremony: 'registration',
    applies: ({ registration }) =>
      has(registration[largeBlob], 'read', 'write')
        ? 'largeBlob.read and largeBlob.write are for sign-ins: a registration with them is refused (NotSupportedError).'
        : undefined,
    members: [largeBlob],
    mend: { label: 'Take them out', change: without('registration', largeBlob, 'read', 'write') },
    source: sourceOf(largeBlob),
  },
  {
    id: 'large-blob-support-on-authentication',
    severity: 'error',
    ceremony: 'authentication',
    applies: ({ authentication }) =>
      has(authentication[largeBlob], 'support')
        ? 'largeBlob.support is for registrations: a sign-in with it is refused (NotSupportedError).'
        : undefined,
    members: [largeBlob],
    mend: { label: 'Take it out', change: without('authentication', largeBlob, 'support') },
    source: sourceOf(largeBlob),
  },
  {
    id: 'large-blob-read-and-write',
    severity: 'error',
    ceremony: 'authentication',
    applies: ({ authentication }) =>
      has(authentication[largeBlob], 'read') && has(authentication[largeBlob], 'write')
        ? 'largeBlob.read and largeBlob.write in one sign-in are refused (NotSupportedError).'
        : undefined,
    members: [largeBlob],
    mend: { label: 'Only read', change: without('authentication', largeBlob, 'write') },
    source: sourceOf(largeBlob),
  },
  {
    id: 'large-blob-write-to-several',
    severity: 'error',
    ceremony: 'authentication',
    applies(chosen) {
      const named = namedIds(chosen)
      return has(chosen.authentication[largeBlob], 'write') && (namesNone(chosen) || (named && named.length !== 1))
        ? 'largeBlob.write needs exactly one credential in allowCredentials, and is refused otherwise (NotSupportedError).'
        : undefined
    },
    members: [largeBlob, 'allowCredentials'],
    mend: { label: 'Do not write', change: without('authentication', largeBlob, 'write') },
    source: sourceOf(largeBlob),
  },
  {
    id: 'large-blob-write-in-a-field',
    severity: 'error',
    ceremony: 'authentication',
    applies: ({ authentication }) =>
      authentication.mediation === 'conditional' && has(authentication[largeBlob], 'write')
        ? 'largeBlob.write with mediation: conditional is refused (NotSupportedError): it needs exactly one allowed credential, and in a field the list only says which are offered.'
        : undefined,
    members: [largeBlob, 'mediation'],
    mend: { label: 'Do not write', change: without('authentication', largeBlob, 'write') },
    source: sourceOf(largeBlob),
  },
  {
    id: 'large-blob-without-resident-key',
    severity: 'warning',
    ceremony: 'registration',
    applies({ registration }) {
      const residentKey = registration['authenticatorSelection.residentKey']
      return registration[largeBlob] !== undefined && (residentKey === undefined || residentKey === 'discouraged')
        ? 'largeBlob without residentKey: security keys have it for discoverable passkeys alone, and may refuse.'
        : undefined
    },
    members: [largeBlob, 'authenticatorSelection.residentKey'],
    mend: {
      label: 'Require it',
      change: (chosen) => withChosen(chosen, 'registration', 'authenticatorSelection.residentKey', 'required'),
    },
    source: sourceOf(largeBlob),
  },
  {
    id: 'cred-protect-enforced-without-policy',
    severity: 'warning',
    ceremony: 'registration',
    applies: ({ registration }) =>
      registration[enforce] !== undefined && registration[policy] === undefined
        ? 'enforceCredentialProtectionPolicy without credentialProtectionPolicy enforces nothing, and Chromium refuses it (NotSupportedError).'
        : undefined,
    members: [enforce],
    mend: { label: 'Take it out', change: unset('registration', enforce) },
    source: sourceOf(enforce),
  },
  ...(['credentialProtectionPolicy', 'credBlob', 'minPinLength', 'credProps', 'appidExclude'] as const).map(
    (name): LintRule => ({
      id: `${name}-on-authentication`,
      severity: 'warning',
      ceremony: 'authentication',
      applies: ({ authentication }) =>
        authentication[`extensions.${name}`] === undefined
          ? undefined
          : `${name} is for registrations: in a sign-in it is ignored, or refused (NotSupportedError).`,
      members: [`extensions.${name}`],
      mend: { label: 'Take it out', change: unset('authentication', `extensions.${name}`) },
      source: sourceOf(`extensions.${name}`),
    }),
  ),
  {
    id: 'appid-on-registration',
    severity: 'error',
    ceremony: 'registration',
    applies: ({ registration }) =>
      registration[appid] === undefined
        ? undefined
        : 'appid is for sign-ins: a registration with it is refused (NotSupportedError). appidExclude is what a registration has.',
    members: [appid],
    mend: { label: 'Take it out', change: unset('registration', appid) },
    source: sourceOf(appid),
  },
  {
    id: 'getCredBlob-on-registration',
    severity: 'warning',
    ceremony: 'registration',
    applies: ({ registration }) =>
      registration[getCredBlob] === undefined
        ? undefined
        : 'getCredBlob is for sign-ins: a new passkey has nothing to read yet, and browsers pass it over.',
    members: [getCredBlob],
    mend: { label: 'Take it out', change: unset('registration', getCredBlob) },
    source: sourceOf(getCredBlob),
  },
]
