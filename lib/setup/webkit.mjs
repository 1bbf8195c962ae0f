import { readFileSync } from 'node:fs'
import { debianPackage, pathOf } from './debian-package.mjs'

/**
 * The command of WebKit's driver for the tests of browsers that Playwright does not drive here. Its browser needs a screen,
 * which `xvfb-run` makes.
 *
 * @throws Error that says why they cannot be had, or that the browser does not start
 */
export async function webkit() {
  const webkitDriver = { commands: ['WebKitWebDriver'], version: '--help', package: 'webkit2gtk-driver' }
  const driver = process.env.WEBKIT_DRIVER || (await debianPackage(webkitDriver))
  const version = ['--auto-servernum', browserOf(pathOf(driver)), '--version']
  await debianPackage({ commands: ['xvfb-run'], version, package: ['xvfb', 'xauth'] })
  return driver
}

/** The path of the browser that a driver starts: it has it built in, and a Debian of each architecture has another. */
function browserOf(driver) {
  const [browser = 'MiniBrowser'] = /\/[\w./-]+\/MiniBrowser/.exec(readFileSync(driver, 'latin1')) ?? []
  return browser
}
