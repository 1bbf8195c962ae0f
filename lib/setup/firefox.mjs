import { debianPackage } from './debian-package.mjs'

/**
 * The command of Firefox for the tests of browsers that Playwright does not drive here.
 *
 * @throws Error that says why it cannot be had
 */
export async function firefox() {
  const firefox = { commands: ['firefox-esr', 'firefox'], version: '--version', package: 'firefox-esr' }
  return process.env.FIREFOX || debianPackage(firefox)
}
