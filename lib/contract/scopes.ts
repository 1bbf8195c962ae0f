/** Every scope that an API key can hold. Exact strings: none implies another, and what a key was not given it may not do. */
export const scopes = {
  'passkeys:register': 'Register passkeys for users',
  'passkeys:authenticate': 'Sign users in with passkeys and issue their tokens',
  'passkeys:manage': 'List, rename and delete any user’s passkeys',
  'passkeys:debug': 'See verification checks in a live environment',
  'keys:manage': 'Create, rotate and revoke API keys',
  'usage:read': 'Read usage figures',
  'oauth:manage': 'Manage OAuth clients',
  'mpc:keygen': 'Generate MPC keys',
  'mpc:sign': 'Sign with MPC keys',
  'skills:list': 'List available skills',
  'skills:execute': 'Execute skills',
  'account:read': 'View balance and history',
  'account:write': 'Add funds and manage payment methods',
  'webhooks:manage': 'Create and manage webhooks',
} as const

export type Scope = keyof typeof scopes

export const scopeNames = Object.keys(scopes) as [Scope, ...Scope[]]

/** Scopes that administer a tenant: a key that holds one does not belong in a browser. */
export const adminScopes: readonly Scope[] = [
  'passkeys:manage',
  'keys:manage',
  'oauth:manage',
  'webhooks:manage',
  'account:write',
]
