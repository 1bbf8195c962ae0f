import { resolve } from 'node:path'
import { z } from 'zod'

/** Where a database is: a file of SQLite, or a PostgreSQL server; the address of one may hold a password. */
export type DatabasePlace = { engine: 'sqlite'; file: string } | { engine: 'postgresql'; url: string }

const postgresqlUrl = /^postgres(?:ql)?:\/\//

/** A setting that names a database. */
export const databaseUrl = z
  .string()
  .refine(
    (text) =>
      /^file:.+/.test(text) ||
      (postgresqlUrl.test(text) && URL.canParse(text) && /^\/[^/]/.test(new URL(text).pathname)),
    'must be a file: URL of an SQLite database, or a postgresql: URL that names one',
  )
  .optional()

/** The place that a setting names, or else a file. */
export function databasePlace(setting: string | undefined, otherwise: string): DatabasePlace {
  if (setting && postgresqlUrl.test(setting)) return { engine: 'postgresql', url: setting }
  return { engine: 'sqlite', file: setting ? resolve(setting.slice('file:'.length)) : otherwise }
}

/** A database as messages name it: without a password, or anything else of the address that is secret. */
export function nameOf(place: DatabasePlace): string {
  if (place.engine === 'sqlite') return place.file
  const { hostname, port, pathname, searchParams } = new URL(place.url)
  return `${searchParams.get('host') ?? (port ? `${hostname}:${port}` : hostname)}${pathname}`
}

/**
 * The file of a database that is one.
 *
 * @throws Error for another; whoever asks knows the engine
 */
export function fileOf(place: DatabasePlace): string {
  if (place.engine === 'sqlite') return place.file
  throw new Error(`${nameOf(place)} is no file.`)
}
