import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { errors } from '#lib/contract/errors.ts'
import { operations } from '#lib/contract/operations.ts'
import { contents, pageOf } from './contents.ts'

// Links into the documentation, from wherever they come.

const files = globSync([
  'docs/**/*.{md,mdx}',
  'components/**/*.{ts,tsx}',
  'lib/contract/**/*.ts',
  'app/**/*.tsx',
  'README.md',
])
const links = files
  .filter((file) => !file.endsWith('.test.ts'))
  .flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/["'`(]\/docs\/([a-z-]+)(?:#([\w.-]+))?["'`)]/g)].map(
      ([, page = '', anchor]) => ({ file, page, anchor }),
    ),
  )

test('every link into the documentation leads to a page of it', () => {
  expect(links.length).toBeGreaterThan(10)
  expect(links.filter(({ page }) => !pageOf(page))).toEqual([])
})

test('a link to a part of a page names a part that is there', () => {
  const isThere = ({ page, anchor = '' }: (typeof links)[number]) =>
    page === 'errors' ? anchor in errors : page === 'reference' ? anchor in operations : true
  expect(links.filter((link) => link.anchor && !isThere(link))).toEqual([])
})

test('no page is listed twice', () => {
  const paths = contents.flatMap(({ pages }) => pages.map(({ path }) => path))
  expect(new Set(paths).size).toBe(paths.length)
})
