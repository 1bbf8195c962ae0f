import { adminScopes, type Scope, scopeNames } from '#lib/contract/scopes.ts'

const groups: readonly { title: string; scopes: readonly Scope[] }[] = [
  {
    title: 'Passkeys',
    scopes: ['passkeys:register', 'passkeys:authenticate', 'passkeys:manage', 'passkeys:debug'],
  },
  { title: 'MPC', scopes: ['mpc:keygen', 'mpc:sign'] },
  { title: 'Skills', scopes: ['skills:list', 'skills:execute'] },
  { title: 'Account and usage', scopes: ['account:read', 'account:write', 'usage:read'] },
  { title: 'Keys, clients and webhooks', scopes: ['keys:manage', 'oauth:manage', 'webhooks:manage'] },
]

const grouped = groups.flatMap(({ scopes }) => scopes)

/** The scopes by what they are about. One that has no group yet stands at the end, so that none is missing. */
export const scopeGroups: readonly { title: string; scopes: readonly Scope[] }[] = [
  ...groups,
  { title: 'More', scopes: scopeNames.filter((scope) => !grouped.includes(scope)) },
].filter(({ scopes }) => scopes.length > 0)

/** What keys are commonly used for, and the least that they need for it. */
export const scopePresets = [
  {
    value: 'sign-in',
    label: 'Backend of a sign-in page',
    scopes: ['passkeys:register', 'passkeys:authenticate'],
  },
  { value: 'monitoring', label: 'Read-only monitoring', scopes: ['skills:list', 'account:read'] },
  { value: 'automation', label: 'Full automation', scopes: ['skills:execute', 'account:read', 'webhooks:manage'] },
  {
    value: 'tests',
    label: 'Playwright suite',
    scopes: ['passkeys:register', 'passkeys:authenticate', 'passkeys:manage'],
  },
  { value: 'support', label: 'Support desk', scopes: ['passkeys:manage'] },
  { value: 'usage', label: 'Usage dashboard', scopes: ['usage:read'] },
  { value: 'rotation', label: 'Rotation of keys', scopes: ['keys:manage', 'usage:read'] },
] as const satisfies readonly { value: string; label: string; scopes: readonly Scope[] }[]

/** The scopes among these that administer the tenant, and so do not belong into client code. */
export function adminAmong(scopes: Iterable<string>): string[] {
  return [...scopes].filter((scope) => (adminScopes as readonly string[]).includes(scope))
}
