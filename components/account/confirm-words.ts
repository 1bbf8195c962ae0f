import { type Refusal, whyNotAllowed } from '../console/explain.ts'

/** Said while a passkey is asked for, or made. */
export const waiting = {
  challenge: 'Waiting for the server.',
  authenticator: 'Waiting for your passkey. Follow your browser’s dialogue.',
  check: 'The server checks it.',
}

/** Words for what this page knows more about than everybody does. */
export function confirmWords(refusal: Refusal): Partial<Refusal> {
  switch (refusal.code) {
    case 'NotAllowedError':
      return {
        title: 'No passkey was used',
        detail: whyNotAllowed(refusal, 'none of your passkeys'),
        todo: 'Try again and follow the dialogue.',
      }
    case 'verification_failed':
      return { title: 'This passkey was not accepted', todo: 'Choose one of those that are listed here.' }
    case 'SecurityError':
      return { todo: 'Open this page where you sign in to the app.' }
    default:
      return {}
  }
}
