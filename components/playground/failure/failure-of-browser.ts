import { isAppOrigin } from '#lib/webauthn/origin.ts'
import type { Failure } from '../run.ts'
import type { Circumstances } from './circumstances.ts'

type Words = Pick<Failure, 'what' | 'why' | 'todo'>

/**
 * Words for the exceptions of `navigator.credentials`.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-createCredential-exceptions
 */
export function browserFailure(name: string, message: string, circumstances: Circumstances): Words {
  const registering = circumstances.kind === 'registration'
  switch (name) {
    case 'NotAllowedError':
      return notAllowed(circumstances)
    case 'AbortError':
      return {
        what: 'Cancelled here',
        why: 'The page ended the ceremony before the authenticator answered. Nothing was changed.',
        todo: 'Press the button again when you are ready.',
      }
    case 'InvalidStateError':
      return registering
        ? {
            what: 'This authenticator already holds a passkey for this user',
            why: 'The server listed the user’s passkeys in excludeCredentials, and this authenticator recognised one of them.',
            todo: 'Press Authenticate to use it, pick another authenticator, or set Exclude credentials to none.',
          }
        : {
            what: 'The authenticator is in a state that does not allow this',
            why: 'Another request may still be open in it.',
            todo: 'Close other passkey dialogues and try again.',
          }
    case 'ConstraintError':
      return {
        what: 'No authenticator here can do what the options require',
        why: 'Resident key or user verification is set to required, and the authenticator supports one of them not at all.',
        todo: 'Set it to preferred, or use another authenticator.',
      }
    case 'NotSupportedError':
      return {
        what: 'The authenticator supports none of the algorithms asked for',
        why: 'pubKeyCredParams names only algorithms that it cannot sign with.',
        todo: 'Add ES256 (-7) to Algorithms: every authenticator knows it.',
      }
    case 'SecurityError':
      return security(circumstances)
    case 'TypeError':
      return {
        what: 'The browser does not accept these options',
        why: 'A member has the wrong form; extension inputs are the usual place. Bytes are written as base64url.',
        todo: 'Look at the original message, and at Extensions under All options.',
      }
    case 'UnknownError':
      return {
        what: 'The authenticator failed without saying why',
        why: 'It could not process the options, or could not make or use the key.',
        todo: 'Try again, or another authenticator. Fewer options often help to find the cause.',
      }
    default:
      return /not supported|does not support/i.test(message)
        ? {
            what: 'This browser cannot do this',
            why: message.replace(/[^.]$/, '$&.'),
            todo: 'Use a current Chrome, Edge, Safari or Firefox.',
          }
        : {
            what: 'The browser ended the ceremony',
            why: message || 'It gave no reason.',
            todo: 'Try again; the original message may name the cause.',
          }
  }
}

function notAllowed({ kind, waited, timeout, username }: Circumstances): Words {
  if (timeout !== undefined && waited !== undefined && waited >= timeout - 50) {
    return {
      what: 'Nobody answered in time',
      why: `The browser waited ${seconds(timeout)} for the authenticator, which is the timeout of this ceremony.`,
      todo: 'Press the button again, and answer the browser’s dialogue sooner or set a longer Timeout.',
    }
  }
  return {
    what: 'The browser’s dialogue was closed',
    why: 'It was dismissed, ran out of time, or the authenticator said no. For privacy, browsers do not tell which.',
    todo:
      kind === 'registration'
        ? 'Press Register again and follow the dialogue.'
        : username
          ? `Press Authenticate again. If no passkey of ${username} is on this device, register one first.`
          : 'Try again. If the dialogue offered no passkey, register one first with Resident key required.',
  }
}

function security({ origin, rpId, tenant }: Circumstances): Words {
  const { hostname, protocol, port } = new URL(origin)
  const wanted = rpId ?? tenant?.relyingParty.id ?? 'the relying party’s domain'
  const local = hostname === '127.0.0.1' || hostname === '[::1]' || hostname.endsWith('.localhost')
  return {
    what: `Passkeys of ${wanted} do not work on ${hostname}`,
    why: `The RP ID is ${wanted}. A page may only use it when it is served from that domain or one below it${local ? ', and an address or *.localhost never is' : ''}.`,
    todo: local
      ? `Open ${protocol}//localhost${port ? `:${port}` : ''}/playground instead.`
      : `Open the page on ${tenant?.relyingParty.origins.find((each) => !isAppOrigin(each)) ?? wanted}.`,
  }
}

function seconds(milliseconds: number): string {
  return milliseconds < 10_000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.round(milliseconds / 1000)} s`
}
