import { fileURLToPath } from 'node:url'
import { PHASE_PRODUCTION_SERVER } from 'next/constants.js'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Native, and read from the file system: not for the bundler.
  serverExternalPackages: ['better-sqlite3', 'pino', 'oidc-provider'],
  // As app/ is: what a page needs is in its bundle, and only what cannot be stands beside it.
  bundlePagesRouterDependencies: true,
  transpilePackages: ['geist'],
  // Types are checked by `npm test`, tests among them; a start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // No page has pictures for Next to scale, and nobody is to let it try.
  images: { unoptimized: true },
  turbopack: {
    // What is worked out once, when the pages are built, and is a constant from then on.
    rules: { '*.built.ts': { loaders: [here('lib/setup/mdx/built.mjs')], as: '*.js' } },
  },
  // No page takes a body: behind Next's own server, what is sent to one all the same is not kept. Its end is waited for
  // there, though proxy.ts has answered, and where the connection is cut Next prints an error that nobody here can catch.
  experimental: {
    proxyClientMaxBodySize: 1024,
    // Nothing that serves reads them, and they are an eighth of a build.
    turbopackSourceMaps: process.env.NODE_ENV !== 'production',
  },
}

/** What serves the built pages reads no documents, and where only that is installed, what does is not there. */
export default async function configOf(phase) {
  if (phase === PHASE_PRODUCTION_SERVER) return config
  const { default: mdx } = await import('@next/mdx')
  // Plugins by name, or by path where they are ours: Turbopack hands them to other processes.
  const withMdx = mdx({
    options: {
      remarkPlugins: ['remark-gfm'],
      rehypePlugins: ['rehype-slug', here('lib/setup/mdx/rehype-documentation.mjs')],
      // What its elements look like, a page hands in as `components`.
      providerImportSource: null,
    },
  })
  return withMdx(config)
}
