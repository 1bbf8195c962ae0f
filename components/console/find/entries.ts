import type { FoundItem } from '#lib/contract/console-frame.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { mayAs, type Role } from '#lib/contract/roles.ts'
import { inEnvironment, pageAt, pages } from '../frame/pages.ts'
import { mpcKeyPath } from '../mpc-keys/paths.ts'
import { clientPath } from '../oauth-clients/paths.ts'
import { webhookPath } from '../webhooks/paths.ts'

/** One thing that can be opened. */
export interface Entry {
  group: 'Requests' | 'Users' | 'Keys, clients and endpoints' | 'Go to' | 'Do'
  href: string
  name: string
  note: string
  /** Its line drawing; a user has their first letter. */
  icon?: string | undefined
  /** Written by a machine, or chosen by a user. */
  mono?: true
}

const plus = 'M8 3.5v9M3.5 8h9'

interface Action {
  href: string
  name: string
  /** Other words that it is looked for by. */
  words?: string
  /** Who may. */
  least: Role
}

const actions: readonly Action[] = [
  { href: '/console/keys/new', name: 'Create a key', words: 'new api', least: 'developer' },
  { href: '/console/oauth-clients/new', name: 'Create an OAuth client', words: 'new app', least: 'developer' },
  { href: '/console/webhooks/new', name: 'Create a webhook endpoint', words: 'new', least: 'developer' },
  { href: '/console/skills/new', name: 'Register a skill', words: 'new create', least: 'developer' },
  { href: '/console/members?invite=new', name: 'Invite a member', words: 'add user people', least: 'owner' },
  { href: '/console/me', name: 'Your passkeys and sessions', words: 'add security own me', least: 'viewer' },
  { href: '/console/account', name: 'Add funds', words: 'money balance top up payment', least: 'owner' },
  { href: '/console/relying-party', name: 'Add an origin', words: 'rp id domain allow', least: 'owner' },
  { href: '/console/attestation', name: 'Add a trust anchor', words: 'certificate authenticator', least: 'owner' },
  { href: '/console/branding', name: 'Change logo and colour', words: 'brand name', least: 'owner' },
]

/** Whether who has a role may do what was opened before: it is kept longer than a role. */
export function mayOpen({ group, name }: Entry, role: Role): boolean {
  return group !== 'Do' || actions.some((action) => action.name === name && mayAs(role, action.least))
}

/**
 * The Console's pages and what somebody of a role can do on them, of those that a text names: all of its words, each a word's
 * beginning.
 */
export function entriesOf(text: string, environment: Environment, role: Role): Entry[] {
  const asked = wordsOf(text)
  const named = (...told: string[]) => {
    const words = wordsOf(told.join(' '))
    return asked.every((word) => words.some((other) => other.startsWith(word)))
  }
  return [
    ...pages
      .filter(({ label, note }) => named(label, note))
      .map(({ href, label, note, icon }) => ({
        ...{ group: 'Go to' as const, href: inEnvironment(href, environment), name: label, note, icon },
      })),
    ...actions
      .filter(({ name, words = '', least }) => mayAs(role, least) && named(name, words))
      .map(({ href, name }) => ({
        ...{ group: 'Do' as const, href: inEnvironment(href, environment), name, icon: plus },
        note: pageAt(href.replace(/\?.*/, ''))?.label ?? '',
      })),
  ]
}

/** What the server found, as it is opened. */
export function entryOf(item: FoundItem, ago: (at: string) => string): Entry {
  const { kind, id, environment, name, hint } = item
  const place = inEnvironment
  const others = { group: 'Keys, clients and endpoints', name, note: hint ?? '' } as const
  const iconOf = (href: string) => pages.find((page) => page.href === href)?.icon
  switch (kind) {
    case 'user': {
      const { passkeys = 0, lastUsedAt } = item
      const held = passkeys === 1 ? '1 passkey' : `${passkeys} passkeys`
      return {
        ...{ group: 'Users', href: place(`/console/users/${encodeURIComponent(id)}`, environment), name, mono: true },
        note: [hint, held, lastUsedAt ? `signed in ${ago(lastUsedAt)}` : 'not signed in yet']
          .filter(Boolean)
          .join(', '),
      }
    }
    case 'key':
      return {
        ...others,
        href: place(`/console/keys/${encodeURIComponent(id)}`, environment),
        icon: iconOf('/console/keys'),
      }
    case 'client':
      return { ...others, href: place(clientPath(id), environment), icon: iconOf('/console/oauth-clients') }
    case 'webhook':
      return { ...others, href: place(webhookPath(id), environment), icon: iconOf('/console/webhooks'), mono: true }
    case 'request':
      return {
        ...{ group: 'Requests', name, note: [hint, id].filter(Boolean).join(', '), mono: true },
        href: place(`/console/logs?request=${encodeURIComponent(id)}`, environment),
        icon: iconOf('/console/logs'),
      }
    case 'mpc_key':
      return { ...others, href: mpcKeyPath({ id, environment }), icon: iconOf('/console/mpc-keys') }
  }
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}
