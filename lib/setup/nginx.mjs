import { debianPackage } from './debian-package.mjs'

/**
 * The command of the proxy for the tests of what stands behind one. They start it themselves, on a port of their own, with
 * a certificate that openssl makes.
 *
 * @throws Error that says why it cannot be had
 */
export async function nginx() {
  // Debian keeps it where only root looks for commands.
  const nginx = { commands: ['nginx', '/usr/sbin/nginx'], version: '-v', package: 'nginx' }
  await debianPackage({ commands: ['openssl'], version: 'version', package: 'openssl' })
  return process.env.NGINX || debianPackage(nginx)
}
