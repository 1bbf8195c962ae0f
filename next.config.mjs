/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Native, and read from the file system: not for the bundler.
  serverExternalPackages: ['better-sqlite3', 'pino', 'oidc-provider'],
  // Types are checked by `npm test`, tests among them; a start need not wait for it.
  typescript: { ignoreBuildErrors: true },
}
