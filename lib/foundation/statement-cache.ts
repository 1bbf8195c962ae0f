import type { Database, Statement } from 'better-sqlite3'

const most = 200

/**
 * Lets a connection compile each SQL text once. Prisma's adapter prepares a statement for every query, which costs more
 * than most queries do; here it gets a kept one, in the shape that it uses: bind, then read all rows or run.
 *
 * @param failed is told of what failed, at once
 */
export function keepStatements(connection: Database, failed: (error: unknown) => void): void {
  const prepare = connection.prepare.bind(connection)
  const kept = new Map<string, ReturnType<typeof reusable>>()
  const lookUp = (sql: string) => {
    const found = kept.get(sql)
    if (found) return found
    if (kept.size >= most) for (const oldest of kept.keys()) if (kept.delete(oldest)) break
    const made = reusable(prepare(sql), failed)
    kept.set(sql, made)
    return made
  }
  connection.prepare = lookUp as unknown as Database['prepare']
}

function reusable(statement: Statement, failed: (error: unknown) => void) {
  const { reader } = statement
  const columns = reader ? statement.columns() : []
  if (reader) statement.raw()
  const telling = <Result>(act: () => Result): Result => {
    try {
      return act()
    } catch (error) {
      failed(error)
      throw error
    }
  }
  return {
    run: () => statement.run(),
    bind: (args: unknown[]) => ({
      reader,
      columns: () => columns,
      raw: () => ({ all: () => telling(() => statement.all(...args)) }),
      run: () => telling(() => statement.run(...args)),
    }),
  }
}
