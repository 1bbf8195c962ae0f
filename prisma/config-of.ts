import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'prisma/config'

/**
 * What the Prisma CLI is told of a provider's folder, when its client is generated or a migration written; the servers apply
 * migrations themselves (migrate.ts). Models stand once for all providers, and which provider it is cannot be a variable: the
 * schema is put together from both.
 */
export function configOf(folder: string, url: string) {
  const schema = join(folder, 'schema.prisma')
  const parts = [join(folder, 'provider.prisma'), join(folder, '..', 'models.prisma')]
  writeFileSync(schema, parts.map((part) => readFileSync(part, 'utf8')).join('\n'))
  return defineConfig({ schema, migrations: { path: join(folder, 'migrations') }, datasource: { url } })
}
