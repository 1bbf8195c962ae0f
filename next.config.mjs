/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Native, and read from the file system: not for the bundler.
  serverExternalPackages: ['better-sqlite3', 'pino', 'oidc-provider'],
  // Types are checked by `npm test`, tests among them; a start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // No page has pictures for Next to scale, and nobody is to let it try.
  images: { unoptimized: true },
  // No page takes a body: behind Next's own server, what is sent to one all the same is not kept. Its end is waited for
  // there, though proxy.ts has answered, and where the connection is cut Next prints an error that nobody here can catch.
  experimental: {
    proxyClientMaxBodySize: 1024,
    // Nothing that serves reads them, and they are an eighth of a build.
    turbopackSourceMaps: process.env.NODE_ENV !== 'production',
  },
}
