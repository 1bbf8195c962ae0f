import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const text = (file: string) => readFileSync(file, 'utf8')

/** The settings that a server reads, as its schema names them. */
function settingsOf(file: string): string[] {
  const names = text(file).match(/^ {2}[A-Z][A-Z_]+(?=:)/gm) ?? []
  return names.map((name) => name.trim())
}

test.each([
  ['lib/server/env.ts', 'README.md'],
  ['lib/mpc/server/env.ts', 'docs/mpc.md'],
])('every setting of %s is in the tables of %s and in .env.example', (server, docs) => {
  const settings = settingsOf(server)
  expect(settings).toContain('DATA_DIR')
  // The web server's own, which the other has by default.
  const inherited = server === 'lib/server/env.ts' ? [] : ['PORT', 'BASE_URL']
  const missing = (file: string, as: (name: string) => string) =>
    settings.filter((name) => !text(file).includes(as(name)) && !inherited.includes(name))
  expect(missing(docs, (name) => `| \`${name}\``)).toEqual([])
  expect(missing('.env.example', (name) => `# ${name}=`)).toEqual([])
  // And whatever stands there is read.
  const known = [...settings, ...settingsOf('lib/server/env.ts'), ...settingsOf('lib/mpc/server/env.ts')]
  const told = [
    ...text(docs).matchAll(/^\| `([A-Z][A-Z_]+)`/gm),
    ...text('.env.example').matchAll(/^# ([A-Z][A-Z_]+)=/gm),
  ]
  expect(told.length).toBeGreaterThan(15)
  expect(told.flatMap(([, name = '']) => (known.includes(name) ? [] : [name]))).toEqual([])
})
