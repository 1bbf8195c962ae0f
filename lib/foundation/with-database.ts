import Database from 'better-sqlite3'

/** Asks a database that is not open here yet, synchronously, and closes it again. Another's lock is waited for 15 seconds. */
export function withDatabase<Result>(file: string, ask: (database: Database.Database) => Result): Result {
  const database = new Database(file, { timeout: 15_000 })
  try {
    return ask(database)
  } finally {
    database.close()
  }
}
