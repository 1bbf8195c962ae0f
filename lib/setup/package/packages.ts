/** A package that others install: what it is, and the modules that it opens. */
export interface Package {
  name: string
  description: string
  keywords: string[]
  /** The tarball's name in `dist/packages`, without its ending. */
  file: string
  /** By the name that it is imported by, from the root: `.` is the package itself. */
  entries: Record<string, string>
  readme: string
  /** Packages that are not bundled, since whoever uses this one has them or a choice of them. */
  peers?: Record<string, string>
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
]
