import { debianPackage } from './debian-package.mjs'

/**
 * The command of WebKit's driver for the tests of browsers that Playwright does not drive here. Its browser needs a screen,
 * which `xvfb-run` makes.
 *
 * @throws Error that says why they cannot be had
 */
export async function webkit() {
  await debianPackage({ commands: ['xvfb-run'], version: '--help', package: ['xvfb', 'xauth'] })
  const driver = { commands: ['WebKitWebDriver'], version: '--help', package: 'webkit2gtk-driver' }
  return process.env.WEBKIT_DRIVER || debianPackage(driver)
}
