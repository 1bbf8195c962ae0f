/**
 * Every scope that an API key can hold, and what it opens here: what it is for, and where. Exact strings: none implies
 * another, and what a key was not given it may not do.
 */
export const scopes = {
  'passkeys:register':
    'Register passkeys for users, and hand a test key to a phone: /v1/passkeys/register, /v1/hand-offs',
  'passkeys:authenticate':
    'Sign users in with passkeys, issue their tokens and take their approvals: /v1/passkeys/authenticate',
  'passkeys:manage':
    'See and delete users; list, rename and delete their passkeys, and register further ones: /v1/users, /v1/passkeys',
  'passkeys:debug': 'See verification checks in a live environment, in the answers of the passkeys’ endpoints',
  'keys:manage': 'Create, change, rotate and revoke API keys: /v1/keys',
  'usage:read': 'Read usage figures, as JSON or CSV, and the log of requests: /v1/usage, /v1/logs',
  'oauth:manage': 'Manage OAuth clients and their secrets: /v1/oauth/clients',
  'mpc:keygen': 'Generate, reshare, freeze and delete MPC keys at the MPC server, for apps that act for users',
  'mpc:sign': 'Sign with MPC keys at the MPC server, for apps that act for users: /v1/approvals',
  'skills:list': 'List available skills, with their inputs and prices: /v1/skills',
  'skills:execute': 'Execute skills, and read what came of it: /v1/skills/execute, /v1/skills/runs',
  'account:read': 'View balance and history, also as CSV: /v1/account, /v1/account/transactions',
  'account:write':
    'Add funds, manage payment methods and set the alert: /v1/account, /v1/account/funds, /v1/account/payment-methods',
  'webhooks:manage': 'Create and manage webhooks, and send their events again: /v1/webhooks',
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
