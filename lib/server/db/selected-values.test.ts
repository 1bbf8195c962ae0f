import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** Lists of what a SELECT puts into a table, by the file that has them. */
const selected = globSync('lib/**/store.ts').flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/INSERT INTO[^`]*?\bSELECT\b([^`]*?)(?:\bFROM\b|\bWHERE\b|`)/g)].map(
    ([, list = '']) => ({ file, list }),
  ),
)

test('a value that a SELECT puts into a table says its type: nothing else does there, and PostgreSQL takes it for text', () => {
  expect(selected.length).toBeGreaterThan(2)
  expect(selected.filter(({ list }) => /(?<!CAST\()\?/.test(list))).toEqual([])
})
