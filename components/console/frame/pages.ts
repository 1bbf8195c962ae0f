import type { FrameView } from '#lib/contract/console-frame.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { dollars } from '../money.ts'

/** A page of the Console that the navigation leads to. */
export interface ConsolePage {
  href: string
  label: string
  /** What one does there, in few words. */
  note: string
  /** Its line drawing. */
  icon: string
  /** The same in both environments: its filters hold in the other one, too. */
  shared?: true
}

/** Where the Console begins, above the groups. */
export const home: ConsolePage = {
  href: '/console',
  label: 'Home',
  note: 'how sign-ins go, and what needs somebody',
  icon: 'M2.5 7.5 8 3l5.5 4.5V13h-11zM6.5 13V9.5h3V13',
}

/** The Console's other pages, in the navigation's groups. */
export const groups: readonly { title: string; pages: readonly ConsolePage[] }[] = [
  {
    title: 'People',
    pages: [
      {
        href: '/console/users',
        label: 'Users',
        note: 'who has a passkey, and what they do with it',
        icon: 'M6 7.5a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5ZM1.75 13c.4-2.2 2-3.5 4.25-3.5s3.85 1.3 4.25 3.5M10.5 3.2a2.25 2.25 0 0 1 0 4.2M12 9.8c1.3.5 2.1 1.6 2.4 3.2',
      },
      {
        href: '/console/oauth-clients',
        label: 'OAuth clients',
        note: 'apps that sign people in, or act for them',
        icon: 'M3 3h4v4H3zM9 3h4v4H9zM3 9h4v4H3zM9 9h4v4H9z',
      },
    ],
  },
  {
    title: 'Build',
    pages: [
      {
        href: '/console/keys',
        label: 'Keys',
        note: 'what calls the API, with which scopes, from where',
        icon: 'M5.5 13.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM7.7 8.3l5.8-5.8M10.7 5.3l2 2',
      },
      {
        href: '/console/webhooks',
        label: 'Webhooks',
        note: 'endpoints that are told what happens',
        icon: 'M8 3v4.5M8 7.5 4.5 11M8 7.5l3.5 3.5M8 3.5a1 1 0 1 0 0-2 1 1 0 0 0 0 2ZM3.8 13.2a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4ZM12.2 13.2a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4Z',
      },
      {
        href: '/console/mpc-keys',
        label: 'MPC keys',
        note: 'keys of users that nobody holds whole',
        icon: 'M8 4.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM3.5 13.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM12.5 13.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM7.2 4.3l-3 6.3M8.8 4.3l3 6.3M5 12h6',
      },
      {
        href: '/console/skills',
        label: 'Skills',
        note: 'what a key can have done, and runs of it',
        icon: 'M8 2.5 9.4 6.6 13.5 8 9.4 9.4 8 13.5 6.6 9.4 2.5 8l4.1-1.4Z',
      },
    ],
  },
  {
    title: 'Watch',
    pages: [
      {
        href: '/console/usage',
        label: 'Usage',
        note: 'requests over time, by operation and by key',
        icon: 'M2.5 13.5h11M4.5 11V8M8 11V4M11.5 11V6.5',
      },
      {
        href: '/console/logs',
        label: 'Logs',
        note: 'each request of the last days, and why it was refused',
        icon: 'M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4v.01M2.5 8v.01M2.5 12v.01',
      },
      {
        href: '/console/audit',
        label: 'Audit',
        note: 'what was changed, and by whom',
        icon: 'M8 2l5 2v4c0 3-2 5-5 6-3-1-5-3-5-6V4z',
        shared: true,
      },
    ],
  },
  {
    title: 'Settings',
    pages: [
      {
        href: '/console/relying-party',
        label: 'Relying party',
        note: 'RP ID, origins and name of your passkeys',
        icon: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM2 8h12M8 2c2 1.8 2.6 3.8 2.6 6S10 12.2 8 14c-2-1.8-2.6-3.8-2.6-6S6 3.8 8 2Z',
        shared: true,
      },
      {
        href: '/console/attestation',
        label: 'Attestation',
        note: 'which authenticators are taken, and who vouches',
        icon: 'M8 9.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM6 9l-1 5 3-1.5L11 14l-1-5',
        shared: true,
      },
      {
        href: '/console/branding',
        label: 'Branding',
        note: 'name, logo and colour of your sign-in page',
        icon: 'M10 3.5 12.5 6 7 11.5 4.5 9zM4.5 9 3 13l4-1.5',
        shared: true,
      },
      {
        href: '/console/account',
        label: 'Account',
        note: 'balance, top-ups and transactions',
        icon: 'M2.5 5h11v8h-11zM2.5 5l8-2.5V5M10.5 9h.01',
      },
      {
        href: '/console/members',
        label: 'Members',
        note: 'who may come in here',
        icon: 'M6 7.5a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5ZM1.75 13c.4-2.2 2-3.5 4.25-3.5s3.85 1.3 4.25 3.5M10.5 3.2a2.25 2.25 0 0 1 0 4.2M12 9.8c1.3.5 2.1 1.6 2.4 3.2',
        shared: true,
      },
    ],
  },
]

/** All of them. */
export const pages: readonly ConsolePage[] = [home, ...groups.flatMap((group) => group.pages)]

/** The page that an address belongs to. */
export function pageAt(path: string): ConsolePage | undefined {
  return pages.find(({ href }) => path === href || (href !== home.href && path.startsWith(`${href}/`)))
}

/** An address of the Console in an environment. */
export function inEnvironment(href: string, environment: Environment): string {
  return environment === 'live' ? `${href}${href.includes('?') ? '&' : '?'}environment=live` : href
}

/** Names of one environment's things: in the other one they lead nowhere. */
const ofOneEnvironment = ['q', 'user', 'username', 'key', 'client', 'request', 'cursor', 'type']

/** The same view in another environment: of something that is only in one, the list that it stands in. */
export function sameIn(environment: Environment, path: string, search: URLSearchParams): string {
  const page = pageAt(path)
  const query = new URLSearchParams(page && page.href !== path ? '' : search)
  if (!page?.shared) for (const name of ofOneEnvironment) query.delete(name)
  query.delete('environment')
  if (environment === 'live') query.set('environment', 'live')
  return `${page?.href ?? path}${query.size ? `?${query}` : ''}`
}

/** What stands at the right of a page's entry. */
export function besides(href: string, counts: FrameView): { text: string; bad?: true } | undefined {
  const count = (number: number) => (number ? { text: number.toLocaleString('en') } : undefined)
  switch (href) {
    case '/console/users':
      return count(counts.users)
    case '/console/oauth-clients':
      return count(counts.clients)
    case '/console/keys':
      return count(counts.keys)
    case '/console/webhooks':
      return counts.failingWebhooks ? { text: `${counts.failingWebhooks} failing`, bad: true } : count(counts.webhooks)
    case '/console/account':
      return counts.balance.amount ? { text: dollars(counts.balance.amount) } : undefined
    default:
      return undefined
  }
}
