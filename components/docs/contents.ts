/** A page of the documentation: its address below /docs, and what it is called. */
export interface Page {
  path: string
  /** In the contents. */
  title: string
  description: string
  /** Its headings are steps. */
  isNumbered?: boolean
}

/** Every page, in the order in which it is read; groups have a heading of their own. */
export const contents: readonly { title?: string; pages: readonly Page[] }[] = [
  {
    pages: [
      {
        path: 'start',
        title: 'Start here',
        description: 'Install the SDK, sign somebody in with a passkey, and read in the token which tenant it was.',
        isNumbered: true,
      },
    ],
  },
  {
    title: 'Guides',
    pages: [
      {
        path: 'passkeys',
        title: 'Passkeys',
        description: 'Register and sign in, in a page or through a server of your own.',
      },
      {
        path: 'tokens',
        title: 'Tokens',
        description: 'Verify them in Node, Python, Go and Java; what each claim says; how keys change.',
      },
      {
        path: 'api-keys',
        title: 'API keys and rotation',
        description:
          'Make a key that may do one thing, limit from where it works, and replace it without a minute of downtime.',
      },
      {
        path: 'oauth',
        title: 'OAuth',
        description: 'Apps that act for users: sign-in, refresh, devices, optional scopes, DPoP, and what is refused.',
      },
      {
        path: 'mpc',
        title: 'MPC',
        description:
          'Keys that nobody holds whole: make one, sign with it in a page, and what a thief of each part has.',
      },
      {
        path: 'skills-and-account',
        title: 'Skills and account',
        description:
          'Have something done by a skill, pay for it from the tenant’s balance, and register a skill of your own.',
      },
      {
        path: 'webhooks',
        title: 'Webhooks',
        description: 'Have your server told what happens here, verify that it was us, and catch up after an outage.',
      },
      {
        path: 'usage',
        title: 'Usage and logs',
        description:
          'Count what was asked of this server, see what was refused and why, and find the request that an error names.',
      },
      {
        path: 'testing',
        title: 'Testing with Playwright',
        description:
          'Sign in with virtual authenticators in a browser, test a backend without one, and try what a server must refuse.',
      },
    ],
  },
  {
    title: 'Reference',
    pages: [
      {
        path: 'reference',
        title: 'API reference',
        description: 'Every call with its members, its answers and its errors, and a way to try it.',
      },
      {
        path: 'sdks',
        title: 'SDKs',
        description: 'The clients for TypeScript and Python: settings, lists, errors, tries.',
      },
      {
        path: 'errors',
        title: 'Errors',
        description: 'What each error code means, why it happens, and what to do.',
      },
    ],
  },
  {
    title: 'Operate',
    pages: [
      {
        path: 'run-it-yourself',
        title: 'Run it yourself',
        description:
          'From npm start on a laptop to several processes behind nginx: settings, health, backup, the command line.',
      },
      {
        path: 'a-million-a-minute',
        title: 'A million sign-ins a minute',
        description:
          'What a sign-in costs, and what regions, keys at the edge, limits and usage would have to be for a million.',
      },
    ],
  },
]

const pages = contents.flatMap((group) => group.pages)

export function pageOf(path: string): Page | undefined {
  return pages.find((page) => page.path === path)
}

/** What is read before and after a page. */
export function around(path: string): { before: Page | undefined; after: Page | undefined } {
  const at = pages.findIndex((page) => page.path === path)
  return { before: pages[at - 1], after: pages[at + 1] }
}
