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
    page === 'errors'
      ? anchor in errors
      : page === 'reference'
        ? anchor in operations
        : headingsOf(page).includes(anchor)
  expect(links.filter((link) => link.anchor && !isThere(link))).toEqual([])
})

test('each page of the Console that begins empty, or only sets something, leads to the documentation', () => {
  const empty = globSync('components/console/**/*-empty.tsx')
  expect(empty.length).toBeGreaterThan(8)
  const settings = [
    'members/members',
    'audit/audit',
    'relying-party/relying-party',
    'attestation/attestation-page',
    'branding/branding',
  ]
  for (const file of [...empty, ...settings.map((name) => `components/console/${name}.tsx`)])
    expect([file, links.some((link) => link.file === file)]).toEqual([file, true])
})

test('no page is listed twice', () => {
  const paths = contents.flatMap(({ pages }) => pages.map(({ path }) => path))
  expect(new Set(paths).size).toBe(paths.length)
})

/** The ids of a page’s headings. */
function headingsOf(page: string): string[] {
  const headings = readFileSync(`docs/${page}.mdx`, 'utf8').matchAll(/^##+ (.+)$/gm)
  return [...headings].map(([, words = '']) =>
    words
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  )
}
