import { type Refusal, whyNotAllowed } from '../explain.ts'

/** What a refused sign-in to the Console means. The server does not tell why: who asks may be anybody. */
export function signInWords(refusal: Refusal): Partial<Refusal> {
  const { code, atOnce } = refusal
  if (code === 'verification_failed')
    return {
      title: 'This passkey is not a member’s',
      detail:
        'Passkeys that were made in the Playground, for another server, or by a member who was removed do not open the Console, even where the browser offers them.',
      todo: 'Choose the passkey that you made when you joined. Without one, ask a member to invite you.',
    }
  if (code === 'NotAllowedError')
    return {
      title: 'No passkey was used',
      detail: whyNotAllowed(refusal, 'no passkey for this site'),
      todo: atOnce
        ? 'Without a passkey here you need a set-up link or an invitation: see below.'
        : 'Try again and follow the dialogue. If it offers none, you need a set-up link or an invitation: see below.',
    }
  return {}
}
