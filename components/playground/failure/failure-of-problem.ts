import type { ErrorCode } from '#lib/contract/errors.ts'
import type { ProblemDocument } from '#lib/contract/problem.ts'
import type { Circumstances } from './circumstances.ts'
import { refusal } from './failure-of-verification.ts'
import type { Words } from './failure-words.ts'

/** Codes that others are answered with: pages with a cookie, the Console’s and those of a sign-in, OAuth apps, a phone that was handed a code, and calls that cost. */
type OfOtherPages =
  | 'session_required'
  | 'origin_not_allowed'
  | 'confirmation_required'
  | 'invitation_invalid'
  | 'interaction_unknown'
  | 'approval_unknown'
  | 'hand_off_used'
  | 'user_required'
  | 'role_required'
  | 'tier_not_available'
  | 'sign_up_closed'
  | 'insufficient_funds'
  | `skill_${string}`

/** Words for every code that the API answers with. `why` is the server's own detail unless the page knows better. */
export function problemWords(problem: ProblemDocument, circumstances: Circumstances): Words {
  const { detail } = problem
  const who = circumstances.username ?? 'This user'
  const words: Record<Exclude<ErrorCode, OfOtherPages>, () => Words> = {
    invalid_request: () => ({
      what: circumstances.answered
        ? 'The server does not accept the credential as it was sent'
        : 'The server does not accept this request',
      why: problem.issues?.length ? problem.issues.map(issueWords).join(' ') : detail,
      ...(circumstances.answered
        ? { todo: 'Try again; if it stays, use another authenticator or browser.', help: [{ do: 'again' }] }
        : {
            todo: 'Change what it names, then try again.',
            help: problem.issues?.some(({ path }) => path === 'username') ? [{ do: 'fresh-username' }] : [],
          }),
    }),
    ceremony_unknown: () => ({
      what: 'This ceremony is over',
      why: 'A ceremony lives five minutes and is used once. This one expired, or was already finished.',
      todo: 'Press the button again: a new ceremony begins.',
      help: [{ do: 'again' }],
    }),
    verification_failed: () => refusal(problem, circumstances),
    api_key_missing: () => ({
      what: 'The request came without an API key',
      why: detail,
      todo: 'Enter an API key, or use a demo key.',
      help: [{ do: 'demo-key' }],
    }),
    api_key_invalid: () => ({
      what: 'The server does not accept this API key',
      why: 'It is mistyped, revoked or expired, or belongs to another server.',
      todo: 'Copy it again from where you got it, or use a demo key.',
      help: [{ do: 'demo-key' }],
    }),
    token_invalid: () => ({
      what: 'The user’s token is no longer valid',
      why: detail,
      todo: 'Press Authenticate for a new one, then try again.',
      help: [{ do: 'authenticate' }],
    }),
    ip_not_allowed: () => ({
      what: 'This key does not work from your address',
      why: detail,
      todo: 'Use it from an address on its allow list, or have yours added.',
      help: [{ do: 'demo-key' }],
    }),
    insufficient_scope: () => ({
      what: 'This key may not do that',
      why: detail,
      todo: 'Use a key that holds the scope, or have one made with it.',
      help: [{ do: 'demo-key' }],
    }),
    user_exists: () => ({
      what: `${who} already has a passkey here`,
      why: 'Only the user may add another one, with a token from the last five minutes. Else anybody could.',
      todo: 'Press Authenticate first: the page sends that token along. Or take another username.',
      help: [{ do: 'authenticate' }, { do: 'fresh-username' }],
    }),
    not_found: () => ({
      what: 'It is not there',
      why: 'It was deleted, or belongs to another tenant or environment.',
      todo: 'Authenticate again to see what is there now.',
      help: [{ do: 'authenticate' }],
    }),
    user_unknown: () => ({
      what: `${who} has no passkey at ${circumstances.tenant?.tenant.name ?? 'this tenant'}`,
      why: 'Users belong to one tenant and one environment: the same name elsewhere is somebody else.',
      todo: 'Press Register first.',
      help: [{ do: 'register' }],
    }),
    method_not_allowed: () => ({ what: 'The server does not know this call', why: detail, todo: 'Reload the page.' }),
    passkey_exists: () => ({
      what: 'This passkey is already registered',
      why: 'The authenticator sent a credential ID that the server knows. Credential IDs are unique.',
      todo: 'Press Authenticate to use it.',
      help: [{ do: 'authenticate' }],
    }),
    idempotency_conflict: () => ({
      what: 'The same request was sent with other contents',
      why: detail,
      todo: 'Try again.',
      help: [{ do: 'again' }],
    }),
    body_too_large: () => ({
      what: circumstances.answered ? 'The credential is too large' : 'The request is too large',
      ...(circumstances.answered
        ? {
            why: 'The server takes 64 KiB. The authenticator’s attestation is the usual weight.',
            todo: 'Try another authenticator.',
            help: [{ do: 'again' }],
          }
        : {
            why: 'The server takes 64 KiB. Very large extension inputs can exceed that.',
            todo: 'Shorten Extensions.',
            help: [{ do: 'show-option', ceremony: circumstances.kind, path: 'extensions' }],
          }),
    }),
    unsupported_media_type: () => ({
      what: 'The server expected JSON',
      why: detail,
      todo: 'Something between here and the server changes requests. Try without it.',
    }),
    rate_limited: () => ({
      what: 'Too many requests with this key',
      why: limitWords(circumstances, 'requestsPerMinute') ?? detail,
      todo: 'Wait a minute, then press the button again.',
    }),
    concurrency_limited: () => ({
      what: 'Too many requests at once with this key',
      why: limitWords(circumstances, 'concurrent') ?? detail,
      todo: 'Press the button again.',
    }),
    internal: () => ({
      what: 'The server failed',
      why: 'It is a fault of the server’s, not of yours. Its log has the reason under the request’s id.',
      todo: 'Try again; if it stays, report the request’s id.',
      help: [{ do: 'again' }],
    }),
    unavailable: () => ({ what: 'The server is not ready', why: detail, todo: 'Wait a few seconds, then try again.' }),
  }
  return words[problem.code as keyof typeof words]?.() ?? { what: problem.title, why: detail, todo: 'Try again.' }
}

function issueWords({ path, message }: { path: string; message: string }): string {
  return `${path || 'The body'} ${message}.`.replace(/\.\.$/, '.')
}

function limitWords({ tenant }: Circumstances, limit: 'requestsPerMinute' | 'concurrent'): string | undefined {
  if (!tenant) return undefined
  const number = tenant.limits[limit].toLocaleString('en')
  return limit === 'concurrent' ? `This key allows ${number} at once.` : `This key allows ${number} a minute.`
}
