import type { Database, Statement } from 'better-sqlite3'

type Value = string | number | Uint8Array | null

/** A statement that writes, with its values. */
export type Sql = readonly [sql: string, ...values: Value[]]

/** A statement, or one with what follows it, and only where it changes something: what follows is made then. */
export type Write = Sql | { readonly first: Sql; readonly next: () => readonly Write[] }

/**
 * The connection's own statements, for what every request asks: Prisma's way to a row costs several times what SQLite's
 * does. They keep the order of the connection: none runs inside a transaction of somebody else.
 */
export interface Direct {
  /** Where nobody writes beside another: what more is written in a commit keeps nobody waiting for its rows. */
  readonly exclusive?: true
  /**
   * Stands for all that is in the database, whoever wrote it, but for what `write` writes: while it is the same, what was read is
   * as it was. To be asked before that is read. Absent where the database cannot say it.
   */
  version?(): number
  /** The first row that a query finds: integers as numbers, dates as their text, which `dateOf` reads. */
  first<Row>(sql: string, ...values: Value[]): Promise<Row | undefined>
  /** Every row that a query finds, likewise. */
  all<Row>(sql: string, ...values: Value[]): Promise<Row[]>
  /**
   * Runs statements that write, in one commit with the turn's other writes. Asked for them in the moment that they run, and
   * again where that commit came to nothing. Resolves once they are on disk, with how many rows they changed.
   *
   * On PostgreSQL what others write comes between them, and a lock keeps away only what is in another commit: each statement
   * says itself what it stands on.
   */
  write(statements: () => readonly Write[]): Promise<number>
}

const mostKept = 500

/** Runs something synchronous on the connection when its turn has come. */
export type Turn = <Result>(run: () => Promise<Result>) => Promise<Result>

/**
 * @param version see there
 * @param alone how a query comes to its turn.
 * @param together how a write does.
 * @param failed is told of what failed, at once
 */
export function directOf(
  connection: Database,
  version: () => number,
  alone: Turn,
  together: Turn,
  failed: (error: unknown) => void,
): Direct {
  // As the driver has it: what Prisma's adapter prepares is something else.
  const prepare = connection.prepare.bind(connection)
  const kept = new Map<string, Statement<Value[]>>()
  const lookUp = (sql: string) => {
    const known = kept.get(sql)
    if (known) return known
    // What is made up of parts has no end of texts.
    if (kept.size >= mostKept) for (const oldest of kept.keys()) if (kept.delete(oldest)) break
    const statement = prepare<Value[]>(sql).safeIntegers(false)
    kept.set(sql, statement)
    return statement
  }
  function run(writes: readonly Write[]): number {
    let all = 0
    for (const write of writes) {
      const [sql, ...values] = 'first' in write ? write.first : write
      const { changes } = lookUp(sql).run(...values)
      all += changes
      if (changes > 0 && 'first' in write) all += run(write.next())
    }
    return all
  }
  return {
    exclusive: true,
    version,
    first: <Row>(sql: string, ...values: Value[]) => alone(async () => lookUp(sql).get(...values) as Row | undefined),
    all: <Row>(sql: string, ...values: Value[]) => alone(async () => lookUp(sql).all(...values) as Row[]),
    write: (statements) =>
      together(async () => {
        try {
          return run(statements())
        } catch (error) {
          failed(error)
          throw error
        }
      }),
  }
}
