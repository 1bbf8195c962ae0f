/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Native, and read from the file system: not for the bundler.
  serverExternalPackages: ['better-sqlite3', 'pino'],
}
