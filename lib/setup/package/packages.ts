/** A package that others install: what it is, and the modules that it opens. */
export interface Package {
  name: string
  description: string
  keywords: string[]
  /** The tarball's name in `dist/packages`, without its ending. */
  file: string
  /** By the name that it is imported by, from the root: `.` is the package itself. */
  entries: Record<string, string>
  /** Commands that it installs, by name: modules that begin with how they are run. */
  commands?: Record<string, string>
  readme: string
  /** Whether it is for Node alone; else for whatever knows the web's standards. */
  node?: boolean
  /** Packages that are not bundled, since whoever uses this one has them or a choice of them. */
  peers?: Record<string, string>
  /** Of those, the ones that it can do without. */
  optionalPeers?: string[]
  /** Whether the whole server goes with it, built. */
  server?: boolean
}

export const packages: readonly Package[] = [
  {
    name: '@webauthn-playground/sdk',
    description: 'The client of the WebAuthn Playground’s auth server: passkeys, keys, OAuth, tokens, webhooks, MPC.',
    keywords: ['passkeys', 'webauthn', 'oauth', 'mpc', 'sdk'],
    file: 'sdk',
    entries: {
      '.': 'lib/sdk/index.ts',
      './oauth': 'lib/sdk/oauth.ts',
      './mpc': 'lib/sdk/mpc/index.ts',
      './tokens': 'lib/sdk/tokens.ts',
      './webhooks': 'lib/sdk/webhooks.ts',
    },
    readme: 'lib/sdk/README.md',
  },
  {
    name: '@webauthn-playground/testing',
    description:
      'Passkeys in tests: a Playwright fixture, authenticators in software, faults, and the whole auth server.',
    keywords: ['passkeys', 'webauthn', 'testing', 'playwright', 'emulator', 'security'],
    file: 'testing',
    entries: {
      './playwright': 'lib/testing/playwright.ts',
      './authenticator': 'lib/testing/authenticator.ts',
      './emulator': 'lib/testing/emulator.ts',
      './faults': 'lib/testing/faults.ts',
    },
    commands: { 'playground-faults': 'lib/testing/playground-faults.ts' },
    readme: 'lib/testing/README.md',
    node: true,
    // What reads types knows Node's by these.
    peers: { '@playwright/test': '^1.65.0', '@types/node': '>=20' },
    optionalPeers: ['@playwright/test', '@types/node'],
    server: true,
  },
]
