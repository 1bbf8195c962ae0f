import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { postgresqlFor, sqliteFor } from './engine-drivers.ts'
import { difference } from './schema-engine.ts'

export const databases = ['auth', 'mpc'] as const
export const providers = ['sqlite', 'postgresql'] as const
export type Provider = (typeof providers)[number]

/** The models of a database as they stand in its folder. */
export function modelsOf(database: string): string {
  return readFileSync(join(import.meta.dirname, database, 'models.prisma'), 'utf8')
}

/**
 * The SQL that is still missing between a database and models; empty where it has all of them. What Prisma has no word for it
 * does not see: indexes of some rows, checks, triggers, collations.
 *
 * @param place the file, or the address
 */
export async function toModels(provider: Provider, place: string, models: string): Promise<string> {
  const content = `datasource db {\n  provider = "${provider}"\n}\n${models}`
  const files = [{ path: 'schema.prisma', content }]
  const sql = await difference(
    provider === 'sqlite' ? sqliteFor(place) : postgresqlFor(place),
    { tag: 'schemaDatasource', files, configDir: import.meta.dirname },
    { tag: 'schemaDatamodel', files },
  )
  return /^\s*-- This is an empty migration\.\s*$/.test(sql) ? '' : sql
}
