/** Everything that an endpoint can be told of, and what it means in one sentence. */
export const webhookEventTypes = {
  'passkey.registered': 'A user registered a passkey.',
  'passkey.authenticated': 'A user signed in, or approved something, with a passkey.',
  'passkey.deleted': 'A passkey was deleted, and the sessions and grants that it had opened ended.',
  'user.created': 'Somebody became a user, with their first passkey.',
  'user.deleted': 'A user is gone, with all their passkeys.',
  'key.created': 'An API key was made.',
  'key.rotated': 'An API key got a successor; it works on for the overlap itself.',
  'key.revoked': 'An API key was revoked: its next request is refused.',
  'oauth.grant_created': 'A user let an app in.',
  'oauth.grant_revoked': 'What an app was given for a user ended.',
  'skill.executed': 'A skill was executed, with or without success.',
  'account.funded': 'A top-up arrived on the balance.',
  'account.balance_low': 'The balance, with what is reserved, fell below the threshold that the tenant set.',
  'usage.threshold': 'The month’s requests reached 80 % or 100 % of the quota, test and live together.',
  'mpc.key_generated': 'A user generated an MPC key.',
  'mpc.signed': 'An MPC key signed.',
} as const

export type WebhookEventType = keyof typeof webhookEventTypes
export const webhookEventTypeNames = Object.keys(webhookEventTypes) as [WebhookEventType, ...WebhookEventType[]]
