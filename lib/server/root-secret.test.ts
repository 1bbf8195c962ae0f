import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runScript } from '../setup/run-script.ts'
import { env } from './env.ts'
import { deriveKey } from './root-secret.ts'

const directory = () => env().dataDir

test('a key is the same each time for one purpose, and another for another', () => {
  expect(deriveKey('one')).toEqual(deriveKey('one'))
  expect(deriveKey('one')).not.toEqual(deriveKey('other'))
  expect(deriveKey('one')).toHaveLength(32)
  expect(deriveKey('one', 55)).toHaveLength(55)
})

test('the secret is made once, for its owner to read, and no draft stays', () => {
  deriveKey('one')
  const file = join(directory(), 'secret')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(Buffer.from(readFileSync(file, 'utf8'), 'base64url')).toHaveLength(32)
  expect(readdirSync(directory()).filter((name) => name.startsWith('secret'))).toEqual(['secret'])
})

const script =
  "import('./lib/server/root-secret.ts').then(({ deriveKey }) => console.log(deriveKey('one').toString('hex')))"
const derived = async (settings: Record<string, string>) => (await runScript('-e', [script], settings)).stdout.trim()

test('processes that start at once on a new directory share one secret', async () => {
  const settings = { DATA_DIR: join(directory(), 'new') }
  const keys = await Promise.all(Array.from({ length: 6 }, () => derived(settings)))
  expect(keys[0]).toMatch(/^[0-9a-f]{64}$/)
  expect(new Set(keys).size).toBe(1)
  expect(keys[0]).not.toBe(deriveKey('one').toString('hex'))
  expect(readdirSync(settings.DATA_DIR)).toEqual(['secret'])
})

test('ROOT_SECRET stands in for the file, which is then not made', async () => {
  const settings = { DATA_DIR: join(directory(), 'none'), ROOT_SECRET: 'x'.repeat(32) }
  expect(await derived(settings)).toBe(await derived({ ...settings, DATA_DIR: join(directory(), 'other') }))
  expect(await derived({ ...settings, ROOT_SECRET: 'y'.repeat(32) })).not.toBe(await derived(settings))
  expect(readdirSync(directory())).not.toContain('none')
})
