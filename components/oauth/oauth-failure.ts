import { ApiError } from '#lib/sdk/api-error.ts'
import { isUnreachable } from '#lib/sdk/connection-error.ts'
import type { OAuthError } from '#lib/sdk/oauth.ts'
import type { OAuthFailure } from './oauth-flow.ts'
import { PopupClosed } from './oauth-popup.ts'

type Words = readonly [what: string, why: string, todo: string]

const words: Readonly<Record<string, Words>> = {
  access_denied: [
    'Access was denied',
    'The person pressed Deny, or went back. The server says so in its answer, and gives no code: an app has to live with a no.',
    'Authorize again, and press Allow.',
  ],
  invalid_grant: [
    'The code or token is not good any more',
    'A code works once and for a minute, a refresh token once. When one comes a second time it may be stolen, so the server ends everything that came from it.',
    'Authorize again for new ones.',
  ],
  invalid_scope: [
    'A scope was refused',
    'The client may not ask for all of these scopes.',
    'Choose fewer, and authorize again.',
  ],
  invalid_target: [
    'The resource was refused',
    'A token can be asked for only for what the user allowed it for.',
    'Choose the resource before you authorize.',
  ],
  invalid_client: [
    'The client was not let in',
    'Nobody has this client id, or the secret is not one of this client’s.',
    'Check the key or the secret, and begin again.',
  ],
  expired_token: [
    'The codes have ended',
    'Nobody answered within ten minutes.',
    'Ask for new ones, and answer in the window that opens.',
  ],
  invalid_token: [
    'The token was not accepted',
    'It has expired, was revoked, or is for another resource: its audience says which.',
    'Authorize again for a new one.',
  ],
  invalid_dpop_proof: [
    'The proof was not accepted',
    'A proof is for one request: its method, its address and its moment have to match, and it works once.',
    'Check this device’s clock, and try again.',
  ],
  invalid_response: [
    'The answer cannot be believed',
    'It is not what this flow asked for: another state, another issuer, or an ID token for somebody else. An app has to stop here.',
    'Authorize again. If it happens twice, look at the raw messages.',
  ],
  token_invalid: [
    'The API did not accept the token',
    'It has expired, was revoked, or is for another resource: its audience says which.',
    'Authorize again for a new one.',
  ],
  AbortError: ['You stopped waiting', 'Nothing came back, so there is no code.', 'Authorize again when you are ready.'],
  popup_closed: [
    'The window was closed',
    'It went away before the server had an answer, so there is no code.',
    'Authorize again, and finish in the window that opens.',
  ],
  network: [
    'The server could not be reached',
    'A request got no answer.',
    'Check that the server runs, and try again.',
  ],
}

/** A person ended it: nobody refused anything. */
const calm = new Set(['AbortError', 'popup_closed'])

const broken: Words = [
  'The page could not finish',
  'Something in the page itself went wrong.',
  'Try again; if it stays, reload the page. The original words name the cause.',
]

const other: Words = [
  'The server refused',
  'Its answer names the reason.',
  'Look at the raw message, change what it names, and try again.',
]

/** Finds the words for what a step threw. */
export function oauthFailureOf(error: unknown): OAuthFailure {
  const { message, description } = error as { message?: string; description?: string }
  const code = codeOf(error)
  const [what, why, todo] = words[code] ?? (error instanceof TypeError ? broken : other)
  const said = description && !words[code] ? `${description}.` : why
  return { code, what, why: said, todo, raw: message ?? String(error), ...(calm.has(code) ? { calm: true } : {}) }
}

function codeOf(error: unknown): string {
  if (error instanceof PopupClosed) return 'popup_closed'
  if (error instanceof Error && error.name === 'OAuthError') return (error as OAuthError).error
  if (error instanceof ApiError) return error.code
  if (isUnreachable(error)) return 'network'
  return error instanceof Error ? error.name : 'error'
}
