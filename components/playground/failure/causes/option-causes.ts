import { keepsNone } from '#lib/webauthn/keeps-none.ts'
import type { CauseEntry } from './cause-entry.ts'
import { again, lead, look, retry, selectionOf } from './cause-help.ts'
import type { Situation } from './situation.ts'

const extensions = ({ asked }: Situation) => Object.keys(asked?.extensions ?? {})
const blamesExtension = (situation: Situation) =>
  extensions(situation).some((name) => situation.message.includes(name)) ||
  /extension|evalByCredential/i.test(situation.message)

const blamesKeeping = ({ message }: Situation) => keepsNone(message)

/** What was asked for that browser or authenticator will not do, or could not. */
export const optionCauses: readonly CauseEntry[] = [
  {
    id: 'excluded',
    brief: 'has one already',
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
      when: (situation) => selectionOf(situation)[member] === 'required',
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
    id: 'keeps-none',
    brief: 'no authenticator',
    todo: 'Connect one that does, or use one in software, which this page has.',
    shows: ['NotSupportedError'],
    certain: blamesKeeping,
    when: blamesKeeping,
    why: () => 'There is no authenticator here that keeps discoverable passkeys: the browser’s own message says so.',
    help: () => ({ do: 'software' }),
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
    brief: 'no algorithm in common',
    shows: ['NotSupportedError'],
    kind: 'registration',
    when: (situation) => !blamesExtension(situation) && !blamesKeeping(situation),
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
    id: 'form',
    shows: ['TypeError', 'SyntaxError', 'DataError', 'EncodingError'],
    rank: () => 2,
    why: (situation) =>
      `A member has the wrong form${extensions(situation).length ? `; look at ${extensions(situation).join(', ')} first` : ''}. Bytes are written as base64url.`,
    help: lead('extensions'),
  },
  {
    id: 'appid',
    shows: ['SyntaxError', 'EncodingError', 'SecurityError'],
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
