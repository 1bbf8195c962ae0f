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
  'passkeys.list': 'passkeys:manage',
  'passkeys.rename': 'passkeys:manage',
  'passkeys.delete': 'passkeys:manage',
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
  'usage.read': 'usage:read',
} as const satisfies Record<string, Scope | null>

export type Operation = keyof typeof operations
