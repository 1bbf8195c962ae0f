import type { DialogueError } from '#lib/sdk/credentials/credential-errors.ts'
import { keepsNone } from '#lib/webauthn/keeps-none.ts'
import { seconds } from '../seconds.ts'
import { causesOf } from './causes/causes-of.ts'
import { type Situation, situationOf } from './causes/situation.ts'
import type { Circumstances } from './circumstances.ts'
import { cancelled } from './failure-of-page.ts'
import type { Words } from './failure-words.ts'

/**
 * Words for the exceptions of `navigator.credentials`: a headline for each, with the time that it took where that tells
 * something, and the reasons that it can have here.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-create-request-exceptions
 * @see https://www.w3.org/TR/webauthn-3/#sctn-get-request-exceptions
 */
export function browserFailure(error: DialogueError, circumstances: Circumstances): Words {
  const situation = situationOf(error, circumstances)
  const { name, phase } = situation
  if (phase === 'in the field' && (name === 'NotAllowedError' || name === 'AbortError')) return offerEnded(name)
  if (name === 'AbortError' && phase !== 'timed out') return cancelled(circumstances)
  const { causes, brief, todo, refusedBy } = causesOf(situation)
  return {
    ...(headlines[name] ?? ended)(situation, causes.length > 1, refusedBy),
    causes,
    ...(todo ? { todo } : {}),
    ...(brief ? { brief } : {}),
  }
}

type Headline = (situation: Situation, several: boolean, refusedBy?: 'browser' | undefined) => Omit<Words, 'causes'>

const order = 'Go through the reasons from the top.'

const headlines: Readonly<Record<string, Headline>> = {
  NotAllowedError: notAllowed,
  TimeoutError: timedOut,
  AbortError: timedOut,
  InvalidStateError: ({ kind }) =>
    kind === 'registration'
      ? {
          what: 'This authenticator already holds a passkey for this user',
          why: 'The server listed the user’s passkeys in excludeCredentials, and this authenticator recognised one of them.',
          todo: 'Press Authenticate to use it, pick another authenticator, or set Exclude credentials to none.',
        }
      : {
          what: 'The authenticator is in a state that does not allow this',
          why: 'It has something else to do.',
          todo: 'Close other passkey dialogues and try again.',
        },
  ConstraintError: () => ({
    what: 'No authenticator here can do what the options require',
    why: 'Something is set to required that none of them can.',
    todo: 'Set it to preferred, or use another authenticator.',
  }),
  NotSupportedError: notSupported,
  SecurityError: (situation) => ({
    what: `Passkeys of ${situation.rpId} do not work on ${new URL(situation.origin).hostname}`,
    why: `The RP ID is ${situation.rpId}. A page may only use it when it is served from that domain or one below it; an address or *.localhost never is.`,
    todo: order,
  }),
  SyntaxError: unaccepted,
  TypeError: unaccepted,
  DataError: unaccepted,
  EncodingError: unaccepted,
  UnknownError: failed,
  OperationError: failed,
  NotReadableError: failed,
}

/** The browser stopped waiting: it may, whenever it likes. */
function offerEnded(name: string): Words {
  return {
    what: 'The browser ended the offer',
    why: `No passkey was chosen in the username field, and the browser stopped waiting for that (${name}).`,
    todo: 'Switch autofill on again to wait anew.',
    calm: true,
  }
}

function notAllowed(situation: Situation, several: boolean, refusedBy?: 'browser' | undefined): ReturnType<Headline> {
  const { phase, waited } = situation
  if (phase === 'timed out') return timedOut(situation)
  if (phase === 'at once') {
    return {
      what: `The ${refusedBy ?? 'authenticator'} refused at once, after ${Math.max(1, Math.round(waited))} ms`,
      why: `No dialogue was shown, so nobody closed one${refusedBy ? ', and no authenticator was asked' : ''}.${several ? ' For privacy, browsers do not tell which of these is why:' : ''}`,
      todo: several ? order : 'Change that, then press the button again.',
    }
  }
  return {
    what: `The browser’s dialogue was closed after ${seconds(waited)}`,
    why: `It was dismissed, ran out of time, or the authenticator said no.${several ? ' For privacy, browsers do not tell which of these is why:' : ''}`,
    todo: `Press ${situation.kind === 'registration' ? 'Register' : 'the button'} again and follow the dialogue.`,
    calm: true,
  }
}

function notSupported({ kind, message }: Situation, several: boolean): ReturnType<Headline> {
  if (keepsNone(message))
    return {
      what: 'There is no authenticator here that keeps passkeys',
      why: 'The browser found neither one in this device nor a security key.',
      todo: 'Connect one that does.',
    }
  return kind === 'authentication'
    ? {
        what: 'The browser does not support this request for a sign-in',
        why: 'Its extensions, or the call itself, can be at fault, or there is nothing here to answer it.',
        todo: several ? order : 'Try another browser; the original message may name what is missing.',
      }
    : {
        what: 'The browser does not support this request for a registration',
        why: 'No authenticator here keeps passkeys or knows one of the algorithms, or the browser does not take an extension, or the mediation, as it was asked for.',
        todo: several ? order : 'Change that; the original message may name the member.',
      }
}

function timedOut({ waited }: Situation): ReturnType<Headline> {
  return {
    what: 'Nobody answered in time',
    why: `The browser waited ${seconds(waited)} for the authenticator, then stopped.`,
    todo: 'Press the button again, and answer the browser’s dialogue sooner or set a longer Timeout.',
    calm: true,
  }
}

function unaccepted(): ReturnType<Headline> {
  return {
    what: 'The browser does not accept these options',
    why: 'It read them, and asked nobody.',
    todo: 'Look at the original message, and at the member that it names.',
  }
}

function failed(): ReturnType<Headline> {
  return {
    what: 'The authenticator failed without saying why',
    why: 'The browser passed the options on, and got no answer that it could use.',
    todo: 'Try again, or another authenticator. Fewer options often help to find the cause.',
  }
}

function ended({ message }: Situation): ReturnType<Headline> {
  return {
    what: 'The browser ended the ceremony',
    why: message || 'It gave no reason.',
    todo: 'Try again; the original message may name the cause.',
  }
}
