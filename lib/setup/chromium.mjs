import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { node, step } from './prepare.mjs'

const installed = [
  // Debian's other build of the same browser, for use without a window: a quarter faster.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * Finds or installs a Chromium for the end-to-end tests: one that is on the machine, else Playwright's own, else Debian's.
 *
 * @returns its path, or undefined for Playwright's own
 * @throws Error when none can be had
 */
export async function chromium() {
  const found = () => process.env.CHROMIUM ?? installed.find((path) => existsSync(path))
  const root = process.getuid?.() === 0
  if (found()) return found()
  const playwrights = ['node_modules/@playwright/test/cli.js', 'install', ...(root ? ['--with-deps'] : []), 'chromium']
  try {
    await step('Installing Playwright’s Chromium', node, playwrights, {}, true)
    return undefined
  } catch {
    console.error('  It cannot be had here: Debian’s instead.')
  }
  const apt = (...args) =>
    step(`apt-get ${args[0]}`, root ? 'apt-get' : 'sudo', [
      ...(root ? [] : ['apt-get']),
      '-o',
      'DPkg::Lock::Timeout=120',
      ...args,
    ])
  await apt('update')
  const install = (name) => apt('install', '-y', '--no-install-recommends', name)
  // Its relatives know the window's build only.
  await install('chromium-headless-shell').catch(() => install('chromium'))
  execFileSync(found() ?? 'chromium', ['--version'])
  return found()
}
