import { isAppOrigin } from '#lib/webauthn/origin.ts'
import { seconds } from '../../seconds.ts'
import type { Help } from '../help.ts'
import type { CauseEntry } from './cause-entry.ts'
import type { Situation } from './situation.ts'

/** Sets an option of the ceremony that failed, or with undefined unsets it, and tries again. */
const retry =
  (path: string, value: unknown) =>
  ({ kind }: Situation): Help => ({ do: 'set-option', ceremony: kind, path, value })
const lead =
  (path: string) =>
  ({ kind }: Situation): Help => ({ do: 'show-option', ceremony: kind, path })
const again = (): Help => ({ do: 'again' })
const look = (): Help => ({ do: 'show-browser' })
const selection = (situation: Situation) => situation.asked?.authenticatorSelection ?? {}
const verifies = (situation: Situation) => situation.userVerification === 'required'
const policy = /permissions?.policy|feature is not enabled/i
const forbidden = ({ permitted, message }: Situation) => permitted === false || policy.test(message)
const extensions = ({ asked }: Situation) => Object.keys(asked?.extensions ?? {})
const blamesExtension = (situation: Situation) =>
  extensions(situation).some((name) => situation.message.includes(name)) ||
  /extension|evalByCredential/i.test(situation.message)
const featureOf = ({ kind }: Situation) => `publickey-credentials-${kind === 'registration' ? 'create' : 'get'}`
const onWrongHost = ({ origin, rpId }: Situation) => {
  const { hostname } = new URL(origin)
  return hostname !== rpId && !hostname.endsWith(`.${rpId}`)
}
const rpIdPath = ({ kind }: Situation) => (kind === 'registration' ? 'rp.id' : 'rpId')
const isChosen = ({ rpId, tenant }: Situation) => tenant !== undefined && rpId !== tenant.relyingParty.id

/**
 * Why `navigator.credentials` fails: what each reason shows as, when it can be, how likely it is and what helps.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-createCredential-exceptions
 * @see https://www.w3.org/TR/webauthn-3/#sctn-getAssertion-exceptions
 */
export const browserCauses: readonly CauseEntry[] = [
  {
    id: 'frame',
    shows: ['NotAllowedError', 'SecurityError'],
    certain: (situation) => situation.framed === true && forbidden(situation),
    why: (situation) =>
      `The page is in a frame of another site, and the frame lacks allow="${featureOf(situation)}": a permission policy forbids it passkeys.`,
    help: ({ origin }) => ({ do: 'open', url: `${origin}/playground` }),
  },
  {
    id: 'permissions-policy',
    shows: ['NotAllowedError', 'SecurityError'],
    certain: (situation) => situation.framed !== true && forbidden(situation),
    why: (situation) =>
      `The page may not use passkeys: a permission policy (its Permissions-Policy header) forbids ${featureOf(situation)}.`,
    help: look,
  },
  {
    id: 'focus',
    shows: ['NotAllowedError'],
    certain: ({ message }) => /focus/i.test(message),
    why: () => 'The page did not have the focus: browsers ask only in the window that is used.',
    help: again,
  },
  {
    id: 'certificate',
    shows: ['NotAllowedError', 'SecurityError'],
    certain: ({ message }) => /certificate|TLS/.test(message),
    why: () => 'The certificate of this page has an error, and browsers refuse passkeys there.',
    help: look,
  },
  {
    id: 'timeout',
    shows: ['NotAllowedError', 'TimeoutError', 'AbortError'],
    phases: ['timed out'],
    certain: ({ asked }) => asked?.timeout !== undefined,
    why: ({ asked }) =>
      `Nobody answered the dialogue within ${seconds(asked?.timeout ?? 0)}, the Timeout that was set.`,
    help: retry('timeout', undefined),
  },
  {
    id: 'browsers-own-limit',
    shows: ['NotAllowedError', 'TimeoutError'],
    when: ({ asked, waited, name }) => asked?.timeout === undefined && (waited > 55_000 || name === 'TimeoutError'),
    rank: () => 1,
    why: ({ waited }) => `The browser’s own limit was over: it waited ${seconds(waited)}.`,
    help: again,
  },
  {
    id: 'silent',
    shows: ['NotAllowedError'],
    phases: ['at once'],
    certain: ({ mediation }) => mediation === 'silent',
    why: () => 'Mediation is silent: nobody may be asked, and a passkey never answers without its person.',
    help: retry('mediation', undefined),
  },
  {
    id: 'conditional-create',
    shows: ['NotAllowedError'],
    kind: 'registration',
    when: ({ mediation }) => mediation === 'conditional',
    rank: () => 1,
    why: () =>
      'Mediation is conditional: a browser makes such a passkey only where a password manager has just filled in a password of this user here.',
    help: retry('mediation', undefined),
  },
  {
    id: 'no-passkey',
    shows: ['NotAllowedError'],
    phases: ['at once'],
    kind: 'authentication',
    rank: ({ usedHere }) => (usedHere ? 4 : 1),
    why: ({ username, rpId }) =>
      `It holds ${username ? `none of ${username}’s passkeys` : 'no discoverable passkey'} for ${rpId}.`,
    help: ({ username, usedHere }) => (username && usedHere ? { do: 'sign-in' } : { do: 'register' }),
  },
  {
    id: 'user-verification',
    shows: ['NotAllowedError'],
    phases: ['at once'],
    when: verifies,
    rank: () => 2,
    why: ({ usedHere, verifiedHere }) =>
      `It cannot verify the person, or did not manage to, and User verification is required.${usedHere && verifiedHere ? ` Its PIN is blocked, or was reset since run ${usedHere}.` : ''}`,
    help: (situation) =>
      retry(
        situation.kind === 'registration' ? 'authenticatorSelection.userVerification' : 'userVerification',
        'preferred',
      )(situation),
  },
  {
    id: 'resident-key',
    shows: ['NotAllowedError'],
    phases: ['at once'],
    kind: 'registration',
    when: (situation) => selection(situation).residentKey === 'required',
    rank: () => 3,
    why: () =>
      'Resident key is required, and it cannot hold a discoverable passkey, has no room for one, or did not manage to verify the person, which many ask of one.',
    help: retry('authenticatorSelection.residentKey', 'preferred'),
  },
  {
    id: 'attachment',
    shows: ['NotAllowedError'],
    kind: 'registration',
    phases: ['at once'],
    when: (situation) => selection(situation).authenticatorAttachment !== undefined,
    rank: () => 3,
    why: (situation) =>
      `There is no ${selection(situation).authenticatorAttachment} authenticator here, and Authenticator attachment asks for one.`,
    help: retry('authenticatorSelection.authenticatorAttachment', undefined),
  },
  {
    id: 'locked',
    shows: ['NotAllowedError'],
    phases: ['at once'],
    rank: () => 8,
    why: () => 'It is locked, or set to say no, as a virtual authenticator or a password manager can be.',
    help: again,
  },
  {
    id: 'closed',
    shows: ['NotAllowedError'],
    phases: ['asked'],
    rank: () => 2,
    why: () => 'Somebody closed the dialogue.',
    help: again,
  },
  {
    id: 'not-on-this-device',
    shows: ['NotAllowedError'],
    phases: ['asked'],
    kind: 'authentication',
    rank: ({ usedHere }) => (usedHere ? 6 : 3),
    why: ({ username }) =>
      username
        ? `No passkey of ${username} is on this device or the key in hand.`
        : 'The dialogue had no passkey to offer.',
    help: () => ({ do: 'register' }),
  },
  {
    id: 'said-no',
    shows: ['NotAllowedError'],
    phases: ['asked'],
    rank: () => 5,
    why: (situation) =>
      verifies(situation)
        ? 'The authenticator said no: a wrong PIN, a finger that it does not know, or a blocked one.'
        : 'The authenticator said no.',
    help: again,
  },
  {
    id: 'offer-ended',
    shows: ['NotAllowedError', 'AbortError'],
    phases: ['in the field'],
    certain: () => true,
    why: () => 'No passkey was chosen in the username field, and the browser stopped waiting for that.',
  },
  {
    id: 'excluded',
    shows: ['InvalidStateError'],
    kind: 'registration',
    rank: () => 1,
    why: ({ asked }) => {
      const number = asked?.excludeCredentials?.length
      return number
        ? `It holds ${number === 1 ? 'the passkey' : `one of the ${number} passkeys`} in excludeCredentials, and makes no second one.`
        : 'It holds a passkey of this user already.'
    },
    help: () => ({ do: 'authenticate' }),
  },
  {
    id: 'excluded-anyway',
    shows: ['InvalidStateError'],
    kind: 'registration',
    rank: () => 2,
    why: () => 'You want a second passkey on it all the same.',
    help: retry('excludeCredentials', 'none'),
  },
  {
    id: 'another-request',
    shows: ['InvalidStateError', 'OperationError'],
    kind: 'authentication',
    why: () => 'Another request is still open in it, in this tab or another one.',
    help: again,
  },
  {
    id: 'another-request-of-a-registration',
    shows: ['OperationError'],
    kind: 'registration',
    why: () => 'Another request is still open, in this tab or another one.',
    help: again,
  },
  ...(['userVerification', 'residentKey'] as const).map(
    (member): CauseEntry => ({
      id: `cannot-${member}`,
      shows: ['ConstraintError'],
      kind: 'registration',
      when: (situation) => selection(situation)[member] === 'required',
      why: () =>
        member === 'residentKey'
          ? 'Resident key is required, and no authenticator here keeps discoverable passkeys.'
          : 'User verification is required, and no authenticator here can verify anybody.',
      help: retry(`authenticatorSelection.${member}`, 'preferred'),
    }),
  ),
  {
    id: 'constraint',
    shows: ['ConstraintError'],
    rank: () => 9,
    why: () => 'No authenticator here can do what the options require.',
    help: lead('authenticatorSelection.userVerification'),
  },
  {
    id: 'get-extensions',
    shows: ['NotSupportedError'],
    kind: 'authentication',
    when: (situation) => extensions(situation).length > 0,
    rank: () => 1,
    why: (situation) =>
      `It asks for ${extensions(situation).join(', ')}: largeBlob’s support, credProps and appidExclude are for registrations; largeBlob’s write needs exactly one allowed credential, and prf’s evalByCredential a list of them.`,
    help: lead('extensions'),
  },
  {
    id: 'create-extensions',
    shows: ['NotSupportedError'],
    kind: 'registration',
    certain: blamesExtension,
    why: (situation) =>
      `It asks for ${extensions(situation).join(', ') || 'an extension'}: appid, largeBlob’s read and write, and prf’s evalByCredential are for sign-ins.`,
    help: lead('extensions'),
  },
  {
    id: 'algorithms',
    shows: ['NotSupportedError'],
    kind: 'registration',
    when: (situation) => !blamesExtension(situation),
    rank: () => 1,
    why: () => 'pubKeyCredParams names only algorithms that no authenticator here can sign with.',
    help: retry('pubKeyCredParams', undefined),
  },
  {
    id: 'unsupported-browser',
    shows: ['NotSupportedError'],
    kind: 'authentication',
    rank: () => 8,
    why: () => 'This browser cannot do what is asked.',
    help: look,
  },
  {
    id: 'rp-id-chosen',
    shows: ['SecurityError'],
    when: (situation) => isChosen(situation) && onWrongHost(situation),
    rank: () => 1,
    why: ({ rpId, origin }) =>
      `RP ID is set to ${rpId}, which is neither ${new URL(origin).hostname} nor a registrable suffix of it.`,
    help: (situation) => retry(rpIdPath(situation), undefined)(situation),
  },
  {
    id: 'wrong-host',
    shows: ['SecurityError'],
    when: (situation) => !isChosen(situation) && onWrongHost(situation),
    rank: () => 1,
    why: ({ rpId, origin }) =>
      `This page is on ${new URL(origin).hostname}, and the RP ID ${rpId} works on that domain and those below it alone.`,
    help: rightPlace,
  },
  {
    id: 'suffix',
    shows: ['SecurityError'],
    when: (situation) => !onWrongHost(situation),
    rank: () => 2,
    why: ({ rpId }) => `${rpId} is a public suffix or an address, which no page may use as its RP ID.`,
    help: (situation) => lead(rpIdPath(situation))(situation),
  },
  {
    id: 'related-origins',
    shows: ['SecurityError'],
    when: onWrongHost,
    rank: () => 4,
    why: ({ rpId }) =>
      `Related origins would allow it, and https://${rpId}/.well-known/webauthn does not list this page’s origin, or this browser does not ask there.`,
    help: look,
  },
  {
    id: 'form',
    shows: ['TypeError', 'SyntaxError', 'DataError', 'EncodingError'],
    rank: () => 2,
    why: (situation) =>
      `A member has the wrong form${extensions(situation).length ? `; look at ${extensions(situation).join(', ')} first` : ''}. Bytes are written as base64url.`,
    help: lead('extensions'),
  },
  {
    id: 'appid',
    shows: ['EncodingError', 'SecurityError'],
    when: ({ asked }) => Boolean(asked?.extensions?.appid ?? asked?.extensions?.appidExclude),
    rank: () => 1,
    why: () => 'The AppID is no web address that this page may use.',
    help: ({ kind }) => ({
      do: 'show-option',
      ceremony: kind,
      path: `extensions.${kind === 'registration' ? 'appidExclude' : 'appid'}`,
    }),
  },
  {
    id: 'authenticator-failed',
    shows: ['UnknownError', 'NotReadableError', 'DataError', 'OperationError'],
    rank: () => 3,
    why: () => 'The authenticator could not process the options, or could not make or use the key.',
    help: again,
  },
  {
    id: 'replaced',
    shows: ['AbortError'],
    phases: ['at once', 'asked', 'timed out'],
    why: () => 'The page ended it: Cancel was pressed, or another ceremony took its place.',
    help: again,
  },
]

/** Where passkeys of the RP ID work: the same page on localhost, or on the tenant's first web origin. */
function rightPlace({ origin, tenant }: Situation): Help | undefined {
  const { hostname, protocol, port } = new URL(origin)
  const local = hostname === '127.0.0.1' || hostname === '[::1]' || hostname.endsWith('.localhost')
  const allowed = tenant?.relyingParty.origins.find((each) => !isAppOrigin(each))
  const elsewhere = local ? `${protocol}//localhost${port ? `:${port}` : ''}` : allowed
  return elsewhere ? { do: 'open', url: `${elsewhere}/playground` } : { do: 'show-browser' }
}
