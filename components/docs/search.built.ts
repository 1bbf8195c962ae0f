import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import MiniSearch from 'minisearch'
import rehypeSlug from 'rehype-slug'
import { errorEntries } from '../../lib/contract/error-entries.ts'
import { operations } from '../../lib/contract/operations.ts'
import { contents } from './contents.ts'
import { anchorOf } from './reference/anchor-of.ts'
import { searched } from './script/searched.ts'

const folder = fileURLToPath(new URL('../../docs/', import.meta.url))

const index = new MiniSearch(searched)
for (const { path, title } of contents.flatMap(({ pages }) => pages))
  index.addAll(path === 'reference' ? operationsOf(title) : placesOf(path, title))
const text = JSON.stringify(index)

/** What the search field searches: each heading of each page, with the text below it. */
export default { text, version: createHash('sha256').update(text).digest('hex').slice(0, 10) }

export const madeOf = [folder]

/** Each operation of the API that has a place of its own, by its name and its scope. */
function operationsOf(page: string) {
  const placed = Object.entries(operations).filter(([name]) => anchorOf(name) === name)
  return placed.map(([name, scope]) => ({
    path: `/docs/reference#${name}`,
    page,
    heading: name,
    text: scope ? `Needs ${scope}` : 'Any key',
    words: `${name.replaceAll('.', ' ')} ${scope ?? ''}`,
  }))
}

/** A page's Markdown; of one in several files all of it. */
function sourceOf(path: string): string {
  if (!existsSync(`${folder}${path}`)) return readFileSync(`${folder}${path}.mdx`, 'utf8')
  const parts = readdirSync(`${folder}${path}`).filter((name) => name.endsWith('.mdx'))
  return parts.map((name) => readFileSync(`${folder}${path}/${name}`, 'utf8')).join('\n')
}

function placesOf(path: string, page: string) {
  const source = sourceOf(path)
  const fences = /^```.*\n[\s\S]*?^```$/gm
  const sections = source.replace(fences, (fence) => fence.replace(/^#/gm, ' #')).split(/^## /m)
  const ids = idsOf(sections.slice(1).map(headingOf))
  return sections.map((section, at) => ({
    path: at === 0 ? `/docs/${path}` : `/docs/${path}#${ids[at - 1]}`,
    page,
    heading: at === 0 ? page : headingOf(section),
    text: told(headingOf(section), plain(section.replace(/^.*\n/, '').replace(fences, ''))).slice(0, 160),
    words: told(headingOf(section), plain(section)),
  }))
}

/** Text, with what the table of errors says where the heading is a code. */
function told(heading: string, text: string): string {
  const { meaning = '', causes = [] } = Object.entries(errorEntries).find(([code]) => code === heading)?.[1] ?? {}
  return [meaning, ...causes.flatMap(({ because, help }) => [because, help]), text].join(' ').replaceAll('`', '').trim()
}

function headingOf(section: string): string {
  return plain(section.split('\n', 1)[0] ?? '')
}

/** The ids that the page gives its headings. */
function idsOf(headings: string[]): (string | undefined)[] {
  const children = headings.map((value) => ({
    type: 'element' as const,
    tagName: 'h2',
    properties: {} as { id?: string },
    children: [{ type: 'text' as const, value }],
  }))
  rehypeSlug()({ type: 'root', children })
  return children.map(({ properties }) => properties.id)
}

/** Markdown as it is read: without its heading's line, its marks and its addresses. */
function plain(markdown: string): string {
  return markdown
    .replace(/<[^>]+>|\]\([^)]*\)|^```.*$|[`*[\]#|]/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
