import { isUnreachable } from '#lib/sdk/connection-error.ts'
import type { Failure } from '../run.ts'
import type { Circumstances } from './circumstances.ts'
import type { Words } from './failure-words.ts'

/** Words for what failed outside the browser's own call: on the way to the server, or in the page. */
export function pageFailure(error: unknown, circumstances: Circumstances): Words & Pick<Failure, 'code'> {
  const name = error instanceof Error ? error.name : 'Error'
  if (name === 'AbortError') return { ...cancelled(circumstances), code: name }
  if (isUnreachable(error)) return { ...unreachable(circumstances), code: 'network' }
  if (name === 'UnreadableAnswerError') {
    return {
      code: 'unreadable_answer',
      what: 'The server’s answer could not be read',
      why: `It is not JSON: something between here and the server may have answered in its place.${circumstances.answered ? ' The authenticator did its part.' : ''}`,
      todo: 'Try again. Behind a sign-in page of a network, open any other page first.',
      help: [{ do: 'again' }],
    }
  }
  return {
    code: name,
    what: 'The page could not finish',
    why: `Something in the page itself went wrong${circumstances.answered ? ', after the authenticator had done its part' : ''}. It was not an option, and not the authenticator.`,
    todo: 'Try again; if it stays, reload the page. The original message names the cause.',
    help: [{ do: 'again' }],
  }
}

/** Words for a credential that could not be made into a message. */
export function unreadable(message: string): Words {
  return {
    what: 'The credential could not be read',
    why: `The authenticator answered. ${message} Password managers that answer in the browser’s place sometimes leave it out.`,
    todo: 'Try again with another authenticator, or with the password manager’s extension switched off.',
    help: [{ do: 'again' }],
  }
}

/** Words for a browser, or a page, without what the ceremony needs of WebAuthn. */
export function unsupported(message: string, { kind, mediation }: Pick<Circumstances, 'kind' | 'mediation'>): Words {
  if (globalThis.PublicKeyCredential && kind === 'registration' && mediation === 'conditional') {
    return {
      what: 'This browser makes no passkeys without a dialogue',
      why: 'It does not name conditionalCreate among its capabilities, so it was not asked.',
      todo: 'Try a browser that does and whose password manager signed this person in, or make one with a dialogue.',
      help: [{ do: 'set-option', ceremony: kind, path: 'mediation', value: undefined }, { do: 'show-browser' }],
      brief: 'no conditional create',
    }
  }
  const insecure = globalThis.isSecureContext === false
  return {
    what: insecure ? 'Passkeys need HTTPS or localhost' : 'This browser cannot do this',
    why: insecure
      ? 'This page came over plain HTTP, which is no secure context, so the browser hides WebAuthn from it.'
      : message,
    todo: insecure
      ? 'Open the page over HTTPS, or on localhost.'
      : 'Use a current Chrome, Edge, Safari or Firefox, outside other apps’ embedded browsers.',
    help: insecure ? [{ do: 'show-browser' }] : [{ do: 'software' }, { do: 'show-browser' }],
  }
}

/** Words for a ceremony that was ended here. What the server did once it had the credential is not known. */
export function cancelled({ answered, kind }: Circumstances): Words {
  if (!answered) {
    return {
      what: 'Cancelled here',
      why: 'The page ended the ceremony before the authenticator answered. Nothing was changed.',
      todo: 'Press the button again when you are ready.',
      help: [{ do: 'again' }],
      calm: true,
    }
  }
  return {
    what: 'Cancelled while the server was checking',
    why: `The authenticator had done its part, and the server may have ${kind === 'registration' ? 'kept the passkey' : 'issued a token'} all the same: its answer was not waited for.`,
    todo: kind === 'registration' ? 'Authenticate to see whether it did.' : 'Press the button again for a new token.',
    help: [{ do: kind === 'registration' ? 'authenticate' : 'again' }],
    calm: true,
  }
}

function unreachable({ answered, kind, autofill }: Circumstances): Words {
  return {
    what: 'The server could not be reached',
    why: answered
      ? `The authenticator did its part, but no answer came to what it gave: the server may be stopped, or this device is offline.${kind === 'registration' ? ' The passkey is on the authenticator; whether the server keeps it is not known.' : ''}`
      : 'The request never got an answer: the server may be stopped, or this device is offline.',
    todo: `Check that the server runs, then ${autofill && !answered ? 'switch autofill on' : 'press the button'} again.`,
    help: [{ do: 'again' }],
  }
}
