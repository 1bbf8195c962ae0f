import type { DialogueError } from '#lib/sdk/credentials/credential-errors.ts'
import { isAppOrigin } from '#lib/webauthn/origin.ts'
import { seconds } from '../seconds.ts'
import type { Circumstances } from './circumstances.ts'
import { refusedAtOnce } from './failure-at-once.ts'
import { cancelled } from './failure-of-page.ts'
import { notSupported } from './failure-of-support.ts'
import type { Words } from './failure-words.ts'

/**
 * Words for the exceptions of `navigator.credentials`.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-createCredential-exceptions
 * @see https://www.w3.org/TR/webauthn-3/#sctn-getAssertion-exceptions
 */
export function browserFailure(error: DialogueError, circumstances: Circumstances): Words {
  const { name, message } = error.cause
  const { kind, autofill } = circumstances
  if (autofill && (name === 'NotAllowedError' || name === 'AbortError')) return offerEnded
  switch (name) {
    case 'NotAllowedError':
      return error.atOnce
        ? refusedAtOnce(error.waited, message, circumstances)
        : notAllowed(error.waited, circumstances)
    case 'AbortError':
      return cancelled(circumstances)
    case 'InvalidStateError':
      return kind === 'registration'
        ? {
            what: 'This authenticator already holds a passkey for this user',
            why: 'The server listed the user’s passkeys in excludeCredentials, and this authenticator recognised one of them.',
            todo: 'Press Authenticate to use it, pick another authenticator, or set Exclude credentials to none.',
            help: [
              { do: 'authenticate' },
              { do: 'set-option', ceremony: kind, path: 'excludeCredentials', value: 'none' },
            ],
          }
        : {
            what: 'The authenticator is in a state that does not allow this',
            why: 'Another request may still be open in it.',
            todo: 'Close other passkey dialogues and try again.',
            help: [{ do: 'again' }],
          }
    case 'ConstraintError':
      return constraint(circumstances)
    case 'NotSupportedError':
      return notSupported(message, circumstances)
    case 'SecurityError':
      return security(circumstances)
    case 'SyntaxError':
    case 'TypeError':
      return {
        what: 'The browser does not accept these options',
        why: 'A member has the wrong form; extension inputs are the usual place. Bytes are written as base64url.',
        todo: 'Look at the original message, and at Extensions under Options.',
        help: [{ do: 'show-option', ceremony: kind, path: 'extensions' }],
      }
    case 'UnknownError':
      return {
        what: 'The authenticator failed without saying why',
        why: 'It could not process the options, or could not make or use the key.',
        todo: 'Try again, or another authenticator. Fewer options often help to find the cause.',
        help: [{ do: 'again' }],
      }
    default:
      return {
        what: 'The browser ended the ceremony',
        why: message || 'It gave no reason.',
        todo: 'Try again; the original message may name the cause.',
        help: [{ do: 'again' }],
      }
  }
}

/** The browser stopped waiting: it may, whenever it likes. */
const offerEnded: Words = {
  what: 'The browser ended the offer',
  why: 'No passkey was chosen in the username field, and the browser stopped waiting for that.',
  todo: 'Switch autofill on again to wait anew.',
  calm: true,
}

function notAllowed(waited: number, { kind, asked, username }: Circumstances): Words {
  const { timeout } = asked ?? {}
  if (timeout !== undefined && waited >= timeout - 50) {
    return {
      what: 'Nobody answered in time',
      why: `The browser waited ${seconds(timeout)} for the authenticator, which is the timeout of this ceremony.`,
      todo: 'Press the button again, and answer the browser’s dialogue sooner or set a longer Timeout.',
      help: [{ do: 'again' }, { do: 'show-option', ceremony: kind, path: 'timeout' }],
      calm: true,
    }
  }
  const registered = kind === 'authentication'
  return {
    what: `The browser’s dialogue was closed after ${seconds(waited)}`,
    why: 'It was dismissed, ran out of time, or the authenticator said no. For privacy, browsers do not tell which.',
    todo: !registered
      ? 'Press Register again and follow the dialogue.'
      : username
        ? `Press Authenticate again. If no passkey of ${username} is on this device, register one first.`
        : 'Try again. If the dialogue offered no passkey, register one first with Resident key required.',
    help: registered ? [{ do: 'again' }, { do: 'register' }] : [{ do: 'again' }],
    calm: true,
  }
}

function constraint({ kind, asked }: Circumstances): Words {
  const selection = asked?.authenticatorSelection
  const required = (['residentKey', 'userVerification'] as const).filter((name) => selection?.[name] === 'required')
  return {
    what: 'No authenticator here can do what the options require',
    why: 'Resident key or user verification is set to required, and the authenticator supports one of them not at all.',
    todo: 'Set it to preferred, or use another authenticator.',
    help: required.map((name) => ({
      do: 'set-option',
      ceremony: kind,
      path: `authenticatorSelection.${name}`,
      value: 'preferred',
    })),
  }
}

function security({ origin, asked, tenant }: Circumstances): Words {
  const { hostname, protocol, port } = new URL(origin)
  const wanted = asked?.rpId ?? asked?.rp?.id ?? tenant?.relyingParty.id ?? 'the relying party’s domain'
  const local = hostname === '127.0.0.1' || hostname === '[::1]' || hostname.endsWith('.localhost')
  const allowed = tenant?.relyingParty.origins.find((each) => !isAppOrigin(each))
  const elsewhere = local ? `${protocol}//localhost${port ? `:${port}` : ''}/playground` : allowed
  return {
    what: `Passkeys of ${wanted} do not work on ${hostname}`,
    why: `The RP ID is ${wanted}. A page may only use it when it is served from that domain or one below it${local ? ', and an address or *.localhost never is' : ''}.`,
    todo: local ? `Open ${elsewhere} instead.` : `Open the page on ${allowed ?? wanted}.`,
    help: [
      ...(elsewhere ? [{ do: 'open' as const, url: local ? elsewhere : `${elsewhere}/playground` }] : []),
      { do: 'show-browser' },
    ],
  }
}
