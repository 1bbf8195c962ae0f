import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { throughNext } from './vitest.config.ts'

test('what the API’s files share registers no hook as it loads: a worker that has it already would not have the hook', () => {
  const shared = globSync('lib/server/api/suite/*.ts').filter((file) => !file.endsWith('.test.ts'))
  expect(shared.length).toBeGreaterThan(5)
  const hooked = shared.filter((file) => /^(?:before|after)(?:All|Each)\(/m.test(readFileSync(file, 'utf8')))
  expect(hooked).toEqual([])
})

test('every file that Next’s mount is asked is there', () => {
  expect(throughNext.filter((file) => globSync(file).length === 0)).toEqual([])
})
