import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from '#lib/testing/free-port.ts'
import { weakServer } from '#lib/testing/weak-server.ts'
import { expect, test } from './fixtures.ts'
import { aroundExamples, readmeBlockCount, readmeBlocks, readmeExamples } from './readme-examples.ts'
import { shopServer } from './shop-server.ts'

const root = new URL('..', import.meta.url).pathname
const run = promisify(execFile)

test('installed from the server, the examples of the package for tests run as they stand, and its command', async ({
  baseURL,
  newTenant,
}) => {
  test.setTimeout(300_000)
  const project = mkdtempSync(join(tmpdir(), 'installed-testing-'))
  const port = await freePort()
  const [install = '', attacks = '', ...scripts] = readmeBlocks('sh')
  const [mapping = '', ...others] = readmeBlocks('json')
  const examples = readmeExamples(port)
  // Every block is one of those that are run below.
  expect([scripts, others, Object.keys(examples).length + 3]).toEqual([[], [], readmeBlockCount()])
  for (const [file, text] of Object.entries({ ...examples, ...aroundExamples(port) }))
    writeFileSync(join(project, file), text)
  // A project of somebody else's: nothing of this one's settings is there.
  const { CHROMIUM, PATH, HOME, NODE_COMPILE_CACHE } = process.env
  const env = { CHROMIUM, PATH, HOME, NODE_COMPILE_CACHE, NODE_ENV: 'test' as const }
  const within = { cwd: project, env, maxBuffer: 2 ** 24 }
  const node = (...words: string[]) =>
    run(process.execPath, words, within).catch((error) => Promise.reject(new Error(error.stdout + error.stderr)))

  // How this machine gets to the registry is its own, too.
  const way = Object.entries(process.env).filter(([name]) => /^NODE_EXTRA_CA_CERTS$|_proxy$/i.test(name))
  const quietly = { npm_config_prefer_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false' }
  const installing = { ...Object.fromEntries(way), ...quietly }
  const here = (script: string) => script.replaceAll('http://localhost:3000', baseURL ?? '')
  await run('bash', ['-ec', here(install)], { ...within, env: { ...env, ...installing } })
  // Playwright is what this project has, with its browser.
  for (const name of ['@playwright/test', '@types/node']) {
    mkdirSync(dirname(join(project, 'node_modules', name)), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name))
  }

  await node(join(root, 'node_modules/typescript/bin/tsc'), '-p', '.')
  const { stdout } = await node(
    '--test',
    '--test-reporter=tap',
    ...Object.keys(examples).filter((name) => name.endsWith('.test.js')),
  )
  expect(stdout).toContain('# pass 9\n')
  expect(stdout).toContain('# fail 0\n')
  const [{ key }, { key: behind }, weak] = [await newTenant(), await newTenant(), await weakServer()]
  const shop = await shopServer(baseURL ?? '', behind)
  writeFileSync(
    join(project, 'mapping.json'),
    mapping.replaceAll('https://shop.example', shop.url).replace('…', behind),
  )
  const attack = (line: string) =>
    run('bash', ['-c', line], within).then(
      ({ stdout }) => [0, stdout],
      ({ code, stdout, stderr }) => [code, stdout + stderr],
    )
  const [own = '', library = '', mapped = ''] = attacks.trim().split('\n')
  expect(await attack(here(own).replace('sk_test_…', key))).toEqual([
    0,
    expect.stringMatching(/\n(\d+) of \d+ caught, 1 not tried\n$/),
  ])
  expect(await attack(library.replace('http://localhost:8000', weak.url))).toEqual([
    1,
    expect.stringContaining(' accepted, '),
  ])
  expect(readFileSync(join(project, 'faults.xml'), 'utf8')).toContain('<failure type="')
  // Two are enough to see that the mapping is read.
  const two = mapped.replace('https://shop.example', baseURL ?? '')
  expect(await attack(`${two} --only bit-flipped another-origin`)).toEqual([
    0,
    expect.stringContaining('2 of 2 caught'),
  ])
  weak.close()
  shop.close()
  const played = await node(join(root, 'node_modules/@playwright/test/cli.js'), 'test')
  expect(JSON.parse(played.stdout).stats).toMatchObject({ expected: 6, unexpected: 0, skipped: 0, flaky: 0 })
  rmSync(project, { recursive: true })
})
