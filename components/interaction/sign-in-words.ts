import { type Refusal, whyNotAllowed } from '../console/explain.ts'

/** What was tried, and where. */
export interface Attempt {
  by: 'passkey' | 'username' | 'creating'
  username: string
  /** The tenant's name. */
  tenant: string
  signUp: boolean
}

/** Words for the refusals that the sign-in page knows more about than everybody does. */
export function signInWords(refusal: Refusal, attempt: Attempt): Partial<Refusal> {
  const { code, issues, atOnce } = refusal
  const { by, username, tenant, signUp } = attempt
  const who = `“${username}”`
  const otherwise = signUp
    ? 'New here? Enter a username and press Create a passkey.'
    : `Without one, ask ${tenant} for an account.`
  switch (code) {
    case 'NotAllowedError':
      if (by === 'creating')
        return {
          title: 'No passkey was made',
          detail: atOnce
            ? 'The authenticator refused at once, without a dialogue: it may not be able to verify you, or to hold a passkey.'
            : 'The browser’s dialogue was closed or ran out of time.',
          todo: atOnce
            ? 'Use another authenticator, then press Create a passkey again.'
            : 'Press Create a passkey again and follow the dialogue.',
        }
      return {
        title: by === 'username' ? `No passkey of ${who} was used` : 'No passkey was used',
        detail: whyNotAllowed(refusal, 'no such passkey'),
        todo: `${atOnce ? 'Try again with another authenticator.' : 'Try again and follow the dialogue.'} ${otherwise}`,
      }
    case 'verification_failed':
      return by === 'creating'
        ? {}
        : {
            title: `${tenant} does not know this passkey`,
            detail: 'It was deleted here, or is for another service that shares this site.',
            todo: `Choose another passkey. ${otherwise}`,
          }
    case 'user_unknown':
      return {
        title: `${who} has no passkey at ${tenant}`,
        detail: '',
        todo: signUp
          ? 'Check the spelling. New here? Press Create a passkey, and the username is yours.'
          : `Check the spelling. ${otherwise}`,
      }
    case 'user_exists':
      return {
        title: `${who} is taken`,
        detail: 'That username has a passkey here already. If your browser made a new one just now, it opens nothing.',
        todo: 'If the username is yours, press Continue. Else choose another.',
      }
    case 'ConstraintError':
      return {
        title: 'This authenticator cannot hold such a passkey',
        detail: 'It has to be found without a username, and to verify you by finger, face or PIN.',
        todo: 'Set a PIN on the security key, or use this device’s own passkeys.',
      }
    case 'SecurityError':
      return {
        detail: `The passkeys of ${tenant} are for another address than this page’s.`,
        todo: `Tell ${tenant}: its relying party does not cover this address.`,
      }
    case 'interaction_unknown':
      return over
    case 'invalid_request': {
      const issue = issues.find(({ path }) => path === 'username')
      return issue ? { title: `${who} cannot be a username`, detail: `It ${issue.message}.`, issues: [] } : {}
    }
    case 'UnsupportedCall':
      return { todo: 'Open the app in a current Chrome, Edge, Safari or Firefox.' }
    default:
      return {}
  }
}

/** Why a page that was open for long no longer works. */
export const over: Partial<Refusal> = {
  title: 'This page is no longer good',
  detail: 'It was open for more than 15 minutes, or was answered in another tab.',
  todo: 'Go back to the app and begin again.',
}
