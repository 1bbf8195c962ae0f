import { createHash } from 'node:crypto'
import type { Sql } from './direct.ts'
import { postgresqlSql } from './postgresql-sql.ts'

/** A statement as it is sent. */
export interface Statement {
  text: string
  /** Under which a connection may keep it. */
  name: string | undefined
  values: readonly (string | Buffer | null)[]
}

interface Known {
  text: string
  asked: number
  name: string | undefined
}

// What is asked so often is worth its place in each connection; so many have one.
const often = 10
const mostNamed = 150
const mostKnown = 2_000

const known = new Map<string, Known>()
let named = 0

/**
 * A statement of a store, for PostgreSQL. What is asked often has a name: the server plans it once for each connection. A
 * name stands for its text in every process, so that one which a pooler’s connection has of somebody else is the same.
 */
export function statementOf([sql, ...values]: Sql): Statement {
  const found = known.get(sql) ?? { text: postgresqlSql(sql), asked: 0, name: undefined }
  if (found.asked === 0 && known.size < mostKnown) known.set(sql, found)
  found.asked++
  if (found.asked === often && named < mostNamed) {
    named++
    found.name = nameOf(found.text)
  }
  return { text: found.text, name: found.name, values: values.map(written) }
}

/** A statement without values, which every transaction has. */
export function plain(text: string): Statement {
  return { text, name: nameOf(text), values: [] }
}

function nameOf(text: string): string {
  return `p${createHash('sha256').update(text).digest('base64url').slice(0, 32)}`
}

function written(value: Sql[number] | null | undefined): string | Buffer | null {
  if (value === null || value === undefined || typeof value === 'string') return value ?? null
  if (typeof value === 'object') return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  return String(value)
}
