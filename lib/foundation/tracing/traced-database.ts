import type { Direct } from '../direct.ts'
import { type Attributes, step } from './tracing.ts'

/** What a database's spans have of Prisma's client. */
interface Extensible {
  $extends(extension: { query: { $allOperations(asked: Asked): Promise<unknown> } }): unknown
}
interface Asked {
  model?: string
  operation: string
  args: unknown
  query(args: unknown): Promise<unknown>
}

/**
 * A database's own statements, each a step of what is answered: by its words, which have no values in them.
 *
 * @param system `sqlite` or `postgresql`
 * @see https://opentelemetry.io/docs/specs/semconv/db/database-spans/
 */
export function tracedDirect(direct: Direct, system: string): Direct {
  const told = (sql: string, work: () => Promise<unknown>) => step(nameOf(sql), attributesOf(system, sql), work)
  return {
    ...direct,
    first: (sql, ...values) => told(sql, () => direct.first(sql, ...values)) as Promise<never>,
    all: (sql, ...values) => told(sql, () => direct.all(sql, ...values)) as Promise<never>,
    // Asked for its statements when its turn has come: its span is named for what it is, and not for which they are.
    write: (statements) => step('COMMIT', attributesOf(system), () => direct.write(statements)),
  }
}

/** Prisma's client likewise: each of its operations is a step, by model and operation. */
export function tracedClient<Client extends object>(client: Client, system: string): Client {
  return (client as unknown as Extensible).$extends({
    query: {
      $allOperations: ({ model, operation, args, query }) =>
        step(model ? `${operation} ${model}` : operation, attributesOf(system), () => query(args)),
    },
  }) as Client
}

function attributesOf(system: string, sql?: string): Attributes {
  return { 'db.system.name': system, ...(sql ? { 'db.query.text': sql.trim().replace(/\s+/g, ' ') } : {}) }
}

/** `SELECT Passkey`: what is done, and the first table that is named. */
function nameOf(sql: string): string {
  const [verb = ''] = sql.trim().split(/\s/, 1)
  const table = /\b(?:FROM|INTO|UPDATE)\s+"(\w+)"/i.exec(sql)?.[1]
  return table ? `${verb.toUpperCase()} ${table}` : verb.toUpperCase()
}
