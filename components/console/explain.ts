import { ApiError, isUnreachable } from '#lib/sdk/call.ts'
import { DialogueError, UnreadableCredential, UnsupportedCall } from '#lib/sdk/credentials/credential-errors.ts'
import { keepsNone } from '#lib/webauthn/keeps-none.ts'

/** Why something was refused, for display: what, why, and what to do where that is not plain. */
export interface Refusal {
  title: string
  detail: string
  todo?: string
  /** What is wrong with the request, and where in it. */
  issues: { path: string; message: string }[]
  /** The stable name of the reason: a problem's code, or the browser's exception. */
  code: string
  /** The browser refused before anybody can have seen a dialogue. */
  atOnce?: boolean
  /** Somebody called it off: nothing is wrong. */
  calm?: boolean
}

/** Words for whatever a call to the server or a passkey ceremony threw. */
export function explain(error: unknown): Refusal {
  if (error instanceof ApiError) {
    const { title, detail, issues = [], code } = error.problem
    const todo = todos[code]
    return { title, detail: issues.length ? '' : detail, issues, code, ...(todo ? { todo } : {}) }
  }
  if (error instanceof DialogueError) return { ...ofDialogue(error), issues: [], code: error.cause.name }
  const name = error instanceof Error ? error.name : 'Error'
  const message = error instanceof Error ? error.message : String(error)
  return { ...ofPage(error, name, message), issues: [], code: name }
}

/** Why a browser that says only “not allowed” can have said so; `none` is what it may not have found. */
export function whyNotAllowed({ atOnce }: Pick<Refusal, 'atOnce'>, none: string): string {
  return atOnce
    ? `The browser refused at once, without a dialogue: it found ${none}, or the authenticator cannot verify you. For privacy, browsers do not tell which.`
    : `The browser’s dialogue was closed, ran out of time, or found ${none}. For privacy, browsers do not tell which.`
}

type Words = Pick<Refusal, 'title' | 'detail' | 'todo' | 'calm'>

/** What the browser's own call threw. */
function ofDialogue({ call, cause, atOnce }: DialogueError): Words & Pick<Refusal, 'atOnce'> {
  const { name, message } = cause
  if (name === 'NotAllowedError')
    return {
      title: atOnce ? 'The authenticator refused at once' : 'The browser’s dialogue was closed',
      detail: whyNotAllowed({ atOnce }, 'no passkey that will do'),
      todo: atOnce
        ? 'Use another authenticator, or one that can verify you, and press the button again.'
        : 'Press the button again and follow the dialogue.',
      atOnce,
      calm: !atOnce,
    }
  if (name === 'NotSupportedError' && keepsNone(message))
    return {
      title: 'There is no authenticator here that keeps passkeys',
      detail: 'The browser found neither one in this device nor a security key.',
      todo: 'Set up the device’s screen lock, connect a security key, or use another device.',
    }
  if (name === 'NotSupportedError' && call === 'get')
    return {
      title: 'The browser does not support this request',
      detail: message || 'It gave no reason.',
      todo: 'Use another browser.',
    }
  return (
    exceptions[name] ?? {
      title: 'The browser ended it',
      detail: message || 'It gave no reason.',
      todo: 'Try again, or use another browser.',
    }
  )
}

/** What went wrong before or after the browser's own call. */
function ofPage(error: unknown, name: string, message: string): Words {
  if (isUnreachable(error)) return unreachable
  if (name === 'AbortError')
    return { title: 'Cancelled', detail: 'It was ended here. Nothing was changed.', calm: true }
  if (error instanceof UnsupportedCall)
    return {
      title: 'This browser cannot use passkeys',
      detail: 'It is too old, is one inside another app, or has the page over plain HTTP.',
      todo: 'Open the page in a current Chrome, Edge, Safari or Firefox, over HTTPS.',
    }
  if (error instanceof UnreadableCredential)
    return {
      title: 'The credential could not be read',
      detail: `The authenticator answered. ${message}`,
      todo: 'Try again with another authenticator, or with the password manager’s extension switched off.',
    }
  return {
    title: 'The page could not finish',
    detail: message || 'It gave no reason.',
    todo: 'Try again; if it stays, reload the page.',
  }
}

const unreachable: Words = {
  title: 'The server could not be reached',
  detail: 'The request never got an answer: the server may be stopped, or this device is offline.',
  todo: 'Check that the server runs, then try again.',
}

const todos: Partial<Record<ApiError['code'], string>> = {
  ceremony_unknown: 'Press the button again: a new ceremony begins.',
  confirmation_required: 'Press the button again, and answer the browser’s dialogue.',
  not_found:
    'It may have been deleted meanwhile, or the address is mistyped. Its list has what is there, the audit log what became of it.',
  rate_limited: 'Wait a little, then try again.',
  internal: 'Try again. If it stays, tell the operator.',
  unavailable: 'Try again in a moment.',
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-get-request-exceptions */
const exceptions: Record<string, Words> = {
  AbortError: {
    title: 'Cancelled',
    detail: 'The ceremony ended before the authenticator answered. Nothing was changed.',
    todo: 'Press the button again when you are ready.',
    calm: true,
  },
  InvalidStateError: {
    title: 'This authenticator already holds a passkey of yours',
    detail: 'The server listed your passkeys, and the authenticator recognised one of them.',
    todo: 'Use that one, or choose another authenticator.',
  },
  SecurityError: {
    title: 'Passkeys do not work on this address',
    detail: 'The page was opened on another host than the server’s own, which is the one that its passkeys are for.',
    todo: 'Open the Console on the address that the server printed when it started.',
  },
  NotSupportedError: {
    title: 'The authenticator cannot do this',
    detail: 'It supports none of the signature algorithms that were asked for.',
    todo: 'Use another authenticator.',
  },
}
