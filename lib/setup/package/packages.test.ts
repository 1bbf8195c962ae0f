import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { preparePackages, root } from '../preparation.ts'
import { fileOf } from './bundle.ts'
import { packages } from './packages.ts'
import { secretsOf } from './server.ts'

// The tarballs, before anybody installs them.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 })

const unpacked = mkdtempSync(join(tmpdir(), 'packages-'))
const folderOf = (file: string) => join(unpacked, file, 'package')
const tarball = (file: string) => join(root, 'dist/packages', `${file}.tgz`)

function run(command: string, args: string[], cwd = root) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  return { status, output: stdout + stderr }
}

beforeAll(async () => {
  await preparePackages()
  for (const { file } of packages) {
    run('mkdir', ['-p', join(unpacked, file)])
    expect(run('tar', ['xzf', tarball(file), '-C', join(unpacked, file)])).toEqual({ status: 0, output: '' })
  }
})
afterAll(() => rmSync(unpacked, { recursive: true }))

const { dependencies: ours } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const files = (file: string) =>
  readdirSync(folderOf(file), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))

test.each(packages)('publint finds nothing in $name', ({ file }) => {
  const { status, output } = run(process.execPath, ['node_modules/publint/src/cli.js', folderOf(file), '--strict'])
  expect([status, output]).toEqual([0, expect.stringContaining('All good!')])
})

test.each(packages)('its types are right for whoever imports $name', ({ file }) => {
  const attw = ['node_modules/@arethetypeswrong/cli/dist/index.js', tarball(file), '--profile', 'esm-only']
  const { status, output } = run(process.execPath, attw)
  expect([status, output]).toEqual([0, expect.stringContaining('bundler: 🟢')])
})

test.each(packages)(
  '$name is whole: a README, licences, what it needs; and nothing of this machine',
  ({ file, name }) => {
    const paths = files(file).map((path) => path.slice(folderOf(file).length + 1))
    expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'THIRD-PARTY-LICENSES', 'package.json']))
    expect(paths.filter((path) => /\.(?:map|ts)$/.test(path) && !/\.d\.[cm]?ts$/.test(path))).toEqual([])
    const manifest = JSON.parse(readFileSync(join(folderOf(file), 'package.json'), 'utf8'))
    expect(manifest).toMatchObject({ name, type: 'module', sideEffects: false, engines: { node: '>=20' } })
    // Only the server needs anything, each at the version that it is tested with.
    const wanted = Object.entries(manifest.dependencies ?? {})
    expect([file, wanted.length > 0]).toEqual([file, file === 'testing'])
    for (const [name, version] of wanted) expect([name, version]).toEqual([name, ours[name]])
    for (const path of files(file)) {
      const text = readFileSync(path, 'utf8')
      expect([path, text.includes('#lib/'), text.includes(root)]).toEqual([path, false, false])
      if (path.endsWith('.d.ts') && !path.includes('third-party')) expect(text).not.toMatch(/['"]zod['"]/)
    }
  },
)

test('a copy of the server has none of the secrets that this one was built with', () => {
  const ours = secretsOf(join(root, '.next'))
  for (const path of files('testing')) {
    const text = readFileSync(path, 'utf8')
    expect([path, ours.filter((secret) => text.includes(secret))]).toEqual([path, []])
  }
  const theirs = secretsOf(join(folderOf('testing'), 'server/.next'))
  expect(theirs.map(({ length }) => length)).toEqual(ours.map(({ length }) => length))
})

test('each entry that pages load, but ./mpc, is below 15 kB with what it loads at once, and each for Node below 60', () => {
  const sizes: Record<string, number> = {}
  for (const { entries, file } of packages) {
    for (const entry of Object.keys(entries)) {
      const loaded = new Set<string>()
      const load = (path: string) => {
        if (loaded.has(path)) return
        loaded.add(path)
        const imports = readFileSync(path, 'utf8').matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+)"/g)
        for (const [, to = ''] of imports) load(join(dirname(path), to))
      }
      load(join(folderOf(file), `${fileOf(entry)}.js`))
      sizes[`${file} ${entry}`] = [...loaded].reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0)
    }
  }
  expect(Object.keys(sizes)).toContain('sdk ./webhooks')
  for (const [entry, bytes] of Object.entries(sizes)) {
    const most = entry.startsWith('sdk ') ? 15_000 : 60_000
    if (entry !== 'sdk ./mpc') expect([entry, bytes < most ? 'small' : bytes]).toEqual([entry, 'small'])
  }
})
