import type { Message, Run } from '../run.ts'

type Words = Record<Message['id'], string>

const words: Readonly<Record<Run['kind'], Words>> = {
  registration: {
    begin: 'POST /v1/passkeys/register/begin: the page asks for a new passkey for this user.',
    options: 'The server’s wishes, with a fresh challenge. The page hands them to the browser unchanged.',
    request: 'The browser asks the authenticator, which asks the person.',
    credential: 'The authenticator has made a key pair. The private key stays with it; this is the rest.',
    finish: 'POST /v1/passkeys/register/finish: the page hands the new credential to the server.',
    answer: 'The server has checked every step, and keeps the public key.',
  },
  authentication: {
    begin: 'POST /v1/passkeys/authenticate/begin: the page asks to sign this user in.',
    options: 'A fresh challenge, and the passkeys that will do. The page hands them to the browser unchanged.',
    request: 'The browser asks the authenticator, which asks the person.',
    credential: 'The authenticator has signed the challenge with the private key that never leaves it.',
    finish: 'POST /v1/passkeys/authenticate/finish: the page hands the signature to the server.',
    answer: 'The server has checked the signature and every other step, and has issued a token.',
  },
}

/** What a message is for, in one sentence. */
export function aboutMessage({ id, from, to }: Message, { kind, failure, messages }: Run): string {
  const last = messages.at(-1)?.id === id
  if (failure && last) {
    const ended = `It ended here: ${failure.what}.`
    return failure.problem ? `${ended} The server’s answer is a problem document (RFC 9457).` : ended
  }
  if (id === 'request' && kind === 'registration' && isConditional(messages))
    return 'The browser asks the authenticator, and nobody else: no dialogue opens (mediation: conditional).'
  if (from === to) return 'The page asks the browser, which asked no authenticator.'
  return words[kind][id]
}

/** A passkey beside a sign-in: the server is told of it, too. */
function isConditional(messages: readonly Message[]): boolean {
  const begin = messages.find(({ id }) => id === 'begin')?.body as { mediation?: string } | undefined
  return begin?.mediation === 'conditional'
}
