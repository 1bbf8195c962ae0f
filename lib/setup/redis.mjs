import { debianPackage } from './debian-package.mjs'

/**
 * The command of a server for the tests of shared limits. They start it themselves, on a port of their own.
 *
 * @throws Error that says why none can be had
 */
export async function redisServer() {
  const redis = { commands: ['redis-server', 'valkey-server'], version: '--version', package: 'redis-server' }
  return process.env.REDIS_SERVER || debianPackage(redis)
}
