import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from '#lib/testing/free-port.ts'
import { expect, test } from './fixtures.ts'
import { aroundExamples, readmeExamples } from './readme-examples.ts'

const root = new URL('..', import.meta.url).pathname
const run = promisify(execFile)

test('installed from the server, the examples of the package for tests run as they stand, and its command', async ({
  baseURL,
  newTenant,
}) => {
  test.setTimeout(300_000)
  const project = mkdtempSync(join(tmpdir(), 'installed-testing-'))
  const port = await freePort()
  for (const [file, text] of Object.entries({ ...readmeExamples(port), ...aroundExamples(port) }))
    writeFileSync(join(project, file), text)
  // A project of somebody else's: nothing of this one's settings is there.
  const { CHROMIUM, PATH, HOME, NODE_COMPILE_CACHE } = process.env
  const env = { CHROMIUM, PATH, HOME, NODE_COMPILE_CACHE, NODE_ENV: 'test' as const }
  const within = { cwd: project, env, maxBuffer: 2 ** 24 }
  const node = (...words: string[]) =>
    run(process.execPath, words, within).catch((error) => Promise.reject(new Error(error.stdout + error.stderr)))

  const tarballs = ['sdk', 'testing'].map((name) => `${baseURL}/downloads/${name}.tgz`)
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...tarballs], within)
  // Playwright is what this project has, with its browser.
  for (const name of ['@playwright/test', '@types/node']) {
    mkdirSync(dirname(join(project, 'node_modules', name)), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name))
  }

  await node(join(root, 'node_modules/typescript/bin/tsc'), '-p', '.')
  const { stdout } = await node('--test', '--test-reporter=tap', 'passkeys.test.js', 'faults.test.js')
  expect(stdout).toContain('# pass 2\n')
  const { key } = await newTenant()
  const broken = await run('npx', ['playground-faults', '--url', baseURL ?? '', '--api-key', key], within)
  expect(broken.stdout).toMatch(/\n(\d+) of \d+ caught, 1 not tried\n$/)
  const played = await node(join(root, 'node_modules/@playwright/test/cli.js'), 'test')
  expect(JSON.parse(played.stdout).stats).toMatchObject({ expected: 4, unexpected: 0, skipped: 0, flaky: 0 })
  rmSync(project, { recursive: true })
})
