/** Milliseconds within which no person can have answered a dialogue: whatever said no, nobody was asked. */
const nobodyIsFaster = 300

/** `navigator.credentials` ended without a credential; the browser's own exception is the `cause`. */
export class DialogueError extends Error {
  override name = 'DialogueError'
  override readonly cause: Error
  readonly call: 'create' | 'get'
  /** Milliseconds from the call to its end. */
  readonly waited: number

  constructor(call: DialogueError['call'], cause: Error, waited: number) {
    super(cause.message)
    this.call = call
    this.cause = cause
    this.waited = waited
  }

  /** It was refused before anybody can have seen a dialogue. */
  get atOnce(): boolean {
    return this.cause.name === 'NotAllowedError' && this.waited < nobodyIsFaster
  }
}

/** The authenticator answered, and what it gave is no credential that could be sent. */
export class UnreadableCredential extends Error {
  override name = 'UnreadableCredential'
}

/** This browser, or this page in it, has no WebAuthn, or not the part of it that was asked for. */
export class UnsupportedCall extends Error {
  override name = 'UnsupportedCall'
}
