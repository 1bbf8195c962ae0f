import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const root = join(import.meta.dirname, '../..')
const databases = ['lib/server/db/database.ts', 'lib/mpc/server/db/database.ts']

/** The servers' test files that say so; the API's suite runs there whole. */
export function onPostgresql(): string[] {
  const files = globSync(['lib/server/**/*.test.ts', 'lib/mpc/server/**/*.test.ts', 'lib/setup/faults/*.test.ts'], {
    cwd: root,
  })
  return files.filter((file) => textOf(file).includes('\n// On PostgreSQL, too.\n')).sort()
}

/** Whether a file comes to a database of the servers by what it imports. */
export function holdsDatabase(file: string): boolean {
  const reached = reachedFrom(file)
  return databases.some((database) => reached.has(database))
}

const texts = new Map<string, string>()

function textOf(file: string): string {
  const known = texts.get(file) ?? readFileSync(join(root, file), 'utf8')
  texts.set(file, known)
  return known
}

/** A file with all that it imports, directly or not; of this project. */
function reachedFrom(first: string): Set<string> {
  const reached = new Set([first])
  for (const file of reached) {
    for (const [, name = ''] of textOf(file).matchAll(
      /^(?!import type|export type).*?(?:from|import|import\() ?'([#.][^']+)'/gm,
    )) {
      const path = name.startsWith('#lib/') ? name.slice(1) : relative(root, join(root, dirname(file), name))
      if (existsSync(join(root, path)) && /\.m?ts$|\.mjs$/.test(path)) reached.add(path)
    }
  }
  return reached
}
