import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { putInPlace } from './put-in-place.ts'

const place = mkdtempSync(join(tmpdir(), 'put-in-place-'))
afterAll(() => rmSync(place, { recursive: true }))

function folder(name: string, files: Record<string, string>): string {
  mkdirSync(join(place, name))
  for (const [file, text] of Object.entries(files)) writeFileSync(join(place, name, file), text)
  return join(place, name)
}

test('what was built takes the place of what was there, and nothing of another version or a half-made one stays', () => {
  const into = folder('packages', { '.stamp': 'x', 'sdk.tgz': 'old', 'a-0.1.0-py3.whl': 'old', 'sdk.tgz.new': 'half' })
  putInPlace(folder('built', { 'sdk.tgz': 'new', 'a-0.2.0-py3.whl': 'new' }), into)
  expect(readdirSync(into).sort()).toEqual(['.stamp', 'a-0.2.0-py3.whl', 'sdk.tgz'])
  expect(readFileSync(join(into, 'sdk.tgz'), 'utf8')).toBe('new')
  expect(readdirSync(place)).toEqual(['packages'])

  const first = join(place, 'not', 'there')
  putInPlace(folder('more', { 'sdk.tgz': 'new' }), first)
  expect(readdirSync(first)).toEqual(['sdk.tgz'])
})
