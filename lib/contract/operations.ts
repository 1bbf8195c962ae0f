import type { Scope } from './scopes.ts'

/**
 * Every operation behind an API key, and the scope that it needs: what routers enforce, the document says, and advice on
 * unused scopes goes by. Null: any key.
 */
export const operations = {
  'tenant.read': null,
  'passkeys.register.begin': 'passkeys:register',
  'passkeys.register.finish': 'passkeys:register',
  'passkeys.authenticate.begin': 'passkeys:authenticate',
  'passkeys.authenticate.finish': 'passkeys:authenticate',
  'passkeys.approve.begin': 'passkeys:authenticate',
  'passkeys.approve.finish': 'passkeys:authenticate',
  'passkeys.list': 'passkeys:manage',
  'passkeys.rename': 'passkeys:manage',
  'passkeys.delete': 'passkeys:manage',
  'users.list': 'passkeys:manage',
  'users.read': 'passkeys:manage',
  'users.delete': 'passkeys:manage',
  'keys.create': 'keys:manage',
  'keys.list': 'keys:manage',
  'keys.read': 'keys:manage',
  'keys.update': 'keys:manage',
  'keys.rotate': 'keys:manage',
  'keys.revoke': 'keys:manage',
  'keys.allowlist.test': 'keys:manage',
  'oauth.clients.create': 'oauth:manage',
  'oauth.clients.list': 'oauth:manage',
  'oauth.clients.read': 'oauth:manage',
  'oauth.clients.update': 'oauth:manage',
  'oauth.clients.delete': 'oauth:manage',
  'oauth.clients.secrets.create': 'oauth:manage',
  'oauth.clients.secrets.delete': 'oauth:manage',
  'approvals.create': 'mpc:sign',
  'approvals.read': 'mpc:sign',
  'skills.list': 'skills:list',
  'skills.read': 'skills:list',
  'skills.execute': 'skills:execute',
  'skills.runs.list': 'skills:execute',
  'skills.runs.read': 'skills:execute',
  'usage.read': 'usage:read',
  'logs.list': 'usage:read',
  'logs.read': 'usage:read',
  'webhooks.types': 'webhooks:manage',
  'webhooks.create': 'webhooks:manage',
  'webhooks.list': 'webhooks:manage',
  'webhooks.read': 'webhooks:manage',
  'webhooks.update': 'webhooks:manage',
  'webhooks.delete': 'webhooks:manage',
  'webhooks.secret.rotate': 'webhooks:manage',
  'webhooks.test': 'webhooks:manage',
  'webhooks.recover': 'webhooks:manage',
  'webhooks.deliveries.list': 'webhooks:manage',
  'webhooks.deliveries.read': 'webhooks:manage',
  'webhooks.deliveries.resend': 'webhooks:manage',
  'account.read': 'account:read',
  'account.update': 'account:write',
  'account.transactions.list': 'account:read',
  'account.methods.list': 'account:write',
  'account.methods.create': 'account:write',
  'account.methods.delete': 'account:write',
  'account.fund': 'account:write',
  'account.topups.read': 'account:write',
  'handoffs.create': 'passkeys:register',
  'handoffs.read': 'passkeys:register',
  /** Without a key: counted for the one that it makes. */
  'handoffs.take': null,
} as const satisfies Record<string, Scope | null>

export type Operation = keyof typeof operations

/** Those for access tokens that act for a user. */
const ofUsers: ReadonlySet<string> = new Set<Operation>(['approvals.create', 'approvals.read'])

/** The scopes that requests with an API key can be seen to use. */
export const scopesOfKeys: ReadonlySet<string | null> = new Set(
  Object.entries(operations).flatMap(([operation, scope]) => (ofUsers.has(operation) ? [] : [scope])),
)
