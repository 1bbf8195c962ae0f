import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'

/** Something that one process of an installation does at a time. */
export interface Lease {
  /** Whether it is this process's, by what it last heard of it; asks nobody. */
  isHeld(): boolean
  /** Takes it where nobody has it, keeps it where it is this process's; whether it is. */
  hold(): Promise<boolean>
  /** Gives it back, for another process to take at once. */
  release(): Promise<void>
}

type Engine = 'sqlite' | 'postgresql'
type Execute = (sql: string, ...values: (string | number)[]) => Promise<number>

/** How long it stays with a process that says nothing more. */
const milliseconds = 60_000

// By the clock of the database: those of processes may differ by minutes. Where that is set back, what lies further ahead than a
// lease can is over, too.
const now: Record<Engine, string> = {
  sqlite: `CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)`,
  postgresql: `CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)`,
}

/**
 * A lease by a row of its own in the table Lease. What is done under it must be right all the same where two do it at once: a
 * process that hangs and goes on may be at it still when another one has begun.
 *
 * @param execute runs a statement; resolves with how many rows it changed
 */
export function leaseOf(name: string, engine: Engine, execute: Execute): Lease {
  const holder = `${hostname()} ${process.pid} ${randomUUID()}`
  const at = now[engine]
  const take = `
    INSERT INTO "Lease" ("name", "holder", "until") VALUES (?, ?, ${at} + ${milliseconds})
    ON CONFLICT ("name") DO UPDATE SET "holder" = excluded."holder", "until" = excluded."until"
    WHERE "Lease"."holder" = excluded."holder" OR "Lease"."until" <= ${at} OR "Lease"."until" > ${at} + ${2 * milliseconds}`
  let until = 0
  const left = () => until - performance.now()
  return {
    isHeld: () => left() > 0,
    async hold() {
      if (left() > milliseconds / 2) return true
      const asked = performance.now()
      until = (await execute(take, name, holder)) > 0 ? asked + milliseconds : 0
      return until > 0
    },
    async release() {
      if (until === 0) return
      until = 0
      await execute('DELETE FROM "Lease" WHERE "name" = ? AND "holder" = ?', name, holder)
    },
  }
}
