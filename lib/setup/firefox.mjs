import { debianPackage, pathOf } from './debian-package.mjs'

/**
 * The path of Firefox for the tests of browsers that Playwright does not drive here. Its driver takes no bare command.
 *
 * @throws Error that says why it cannot be had
 */
export async function firefox() {
  const firefox = { commands: ['firefox-esr', 'firefox'], version: '--version', package: 'firefox-esr' }
  return process.env.FIREFOX || pathOf(await debianPackage(firefox))
}
