import type { Database } from 'better-sqlite3'

/** Says whether what is in a file of SQLite's is the same as before, without a look at it. */
export interface ChangeWatch {
  /**
   * The same number as before only where nothing was changed since: not by another connection, and not as `changed` has it. The
   * file is asked once in a turn of the event loop, since that costs two locks of it: another connection's change is seen in the turn
   * after it, some milliseconds later at most; this one's own at once.
   */
  version(): number
  /** To be told once this connection has changed something that counts. */
  changed(): void
}

/** @see https://www.sqlite.org/pragma.html#pragma_data_version (which knows nothing of what the connection itself writes) */
export function changeWatch(connection: Database): ChangeWatch {
  const others = connection.prepare('PRAGMA data_version').pluck()
  let seen: unknown
  let version = 0
  let isAsked = false
  const turned = () => {
    isAsked = false
  }
  return {
    version() {
      if (isAsked) return version
      const now = asked(others)
      if (now === undefined || now !== seen) version++
      seen = now
      isAsked = now !== undefined
      if (isAsked) setImmediate(turned)
      return version
    },
    changed() {
      version++
    },
  }
}

/** Undefined: what keeps the file from saying so keeps whoever reads it from an answer, too, and is told there. */
function asked(statement: { get(): unknown }): unknown {
  try {
    return statement.get()
  } catch {
    return undefined
  }
}
