import { type ErrorCode, errors } from './errors.ts'
import type { Operation } from './operations.ts'

/** What any call with a key or a token may be answered with, before its operation is asked. */
const ofEvery: readonly ErrorCode[] = [
  'invalid_request',
  'api_key_missing',
  'api_key_invalid',
  'token_invalid',
  'ip_not_allowed',
  'insufficient_scope',
  'method_not_allowed',
  'body_too_large',
  'unsupported_media_type',
  'rate_limited',
  'concurrency_limited',
  'internal',
  'unavailable',
]

const byId: readonly ErrorCode[] = ['not_found']
const once: readonly ErrorCode[] = ['idempotency_conflict']
const finishing: readonly ErrorCode[] = ['ceremony_unknown', 'verification_failed']

/** What an operation may be answered with besides. */
const ofOne: Readonly<Partial<Record<Operation, readonly ErrorCode[]>>> = {
  'passkeys.register.begin': ['user_exists'],
  'passkeys.register.finish': [...finishing, 'user_exists', 'passkey_exists'],
  'passkeys.authenticate.begin': ['user_unknown'],
  'passkeys.authenticate.finish': finishing,
  'passkeys.approve.begin': ['user_unknown'],
  'passkeys.approve.finish': finishing,
  'passkeys.rename': byId,
  'passkeys.delete': byId,
  'users.read': byId,
  'users.delete': byId,
  'keys.create': ['tier_not_available', ...once],
  'keys.read': byId,
  'keys.update': byId,
  'keys.rotate': [...byId, ...once],
  'keys.revoke': byId,
  'keys.allowlist.test': byId,
  'oauth.clients.create': once,
  'oauth.clients.read': byId,
  'oauth.clients.update': byId,
  'oauth.clients.delete': byId,
  'oauth.clients.secrets.create': [...byId, ...once],
  'oauth.clients.secrets.delete': byId,
  'approvals.create': ['user_required', ...once],
  'approvals.read': ['user_required', ...byId],
  'skills.read': ['skill_unknown'],
  'skills.execute': [
    ...['skill_unknown', 'skill_input_invalid', 'insufficient_funds', 'skill_failed', 'skill_timeout'],
    ...once,
  ] as readonly ErrorCode[],
  'skills.runs.read': byId,
  'logs.read': byId,
  'webhooks.create': [...byId, ...once],
  'webhooks.read': byId,
  'webhooks.update': byId,
  'webhooks.delete': byId,
  'webhooks.secret.rotate': [...byId, ...once],
  'webhooks.test': byId,
  'webhooks.recover': byId,
  'webhooks.deliveries.list': byId,
  'webhooks.deliveries.read': byId,
  'webhooks.deliveries.resend': byId,
  'account.methods.create': [...byId, ...once],
  'account.methods.delete': byId,
  'account.fund': [...byId, ...once],
  'account.topups.read': byId,
  'handoffs.read': byId,
  'handoffs.take': [...byId, 'hand_off_used'],
}

/** Every code that an operation behind a key may be answered with, in the order of the table of codes. */
export function errorsOf(operation: Operation): ErrorCode[] {
  const codes = new Set([...ofEvery, ...(ofOne[operation] ?? [])])
  return (Object.keys(errors) as ErrorCode[]).filter((code) => codes.has(code))
}

/** What an operation is answered with that not every one is. */
export function ownErrorsOf(operation: Operation): readonly ErrorCode[] {
  return ofOne[operation] ?? []
}

/** The operations that may be answered with a code; none where only this server's own pages are. */
export function operationsThatAnswer(code: ErrorCode): 'every' | Operation[] {
  if (ofEvery.includes(code)) return 'every'
  return (Object.keys(ofOne) as Operation[]).filter((operation) => ofOne[operation]?.includes(code))
}
