import { ApiError } from '#lib/sdk/call.ts'

/** Why something was refused, for display: what, why, and what to do where that is not plain. */
export interface Refusal {
  title: string
  detail: string
  todo?: string
  /** What is wrong with the request, and where in it. */
  issues: { path: string; message: string }[]
  /** The stable name of the reason: a problem's code, or the browser's exception. */
  code: string
}

/** Words for whatever a call to the server or a passkey ceremony threw. */
export function explain(error: unknown): Refusal {
  if (error instanceof ApiError) {
    const { title, detail, issues = [], code } = error.problem
    const todo = todos[code]
    return { title, detail: issues.length ? '' : detail, issues, code, ...(todo ? { todo } : {}) }
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const name = cause instanceof Error ? cause.name : 'Error'
  const message = cause instanceof Error ? cause.message : String(error)
  if (name === 'TypeError' && /fetch|network|load failed/i.test(message))
    return { ...unreachable, issues: [], code: name }
  const words = exceptions[name] ?? {
    title: 'The browser ended it',
    detail: message || 'It gave no reason.',
    todo: 'Try again, or use another browser.',
  }
  return { ...words, issues: [], code: name }
}

type Words = Pick<Refusal, 'title' | 'detail' | 'todo'>

const unreachable: Words = {
  title: 'The server could not be reached',
  detail: 'The request never got an answer: the server may be stopped, or this device is offline.',
  todo: 'Check that the server runs, then try again.',
}

const todos: Partial<Record<ApiError['code'], string>> = {
  ceremony_unknown: 'Press the button again: a new ceremony begins.',
  confirmation_required: 'Press the button again, and answer the browser’s dialogue.',
  not_found: 'Somebody may have changed it meanwhile. Reload the page.',
  rate_limited: 'Wait a little, then try again.',
  internal: 'Try again. If it stays, tell the operator.',
  unavailable: 'Try again in a moment.',
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-getAssertion-exceptions */
const exceptions: Record<string, Words> = {
  NotAllowedError: {
    title: 'The browser’s dialogue was closed',
    detail: 'It was dismissed, ran out of time, or no passkey was chosen. For privacy, browsers do not tell which.',
    todo: 'Press the button again and follow the dialogue.',
  },
  AbortError: {
    title: 'Cancelled',
    detail: 'The ceremony ended before the authenticator answered. Nothing was changed.',
    todo: 'Press the button again when you are ready.',
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
