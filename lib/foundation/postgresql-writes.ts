import { clearTimeout, setImmediate, setTimeout } from 'node:timers'
import type pg from 'pg'
import type { Sql, Write } from './direct.ts'
import { ask } from './postgresql-batch.ts'
import { codeOf, isOfNames, isTold, onConnection } from './postgresql-connection.ts'
import { failureOf, isConflict, isOfOne, translated, untilNoConflict } from './postgresql-failure.ts'
import type { Names } from './postgresql-names.ts'
import { plain, type Statement, statementOf } from './postgresql-statement.ts'

interface Asked {
  statements: () => readonly Write[]
  resolve(changes: number): void
  reject(reason: unknown): void
}

const [begin, commit] = [plain('BEGIN'), plain('COMMIT')]
// Nobody waits long for a lock that keeps only one of those it shares a commit with: then each goes its own way.
const waitForLock = plain(`SET LOCAL lock_timeout = '200ms'`)

const mostTogether = 32
const mostCommits = 2
/** Milliseconds that a write waits for the commits under way. */
const longestWait = 25

/**
 * Writes that are asked for while a commit is under way share the next: the disk makes them safe together, and each waits for
 * that. Where one of them fails, nothing is kept, and each is written by itself.
 */
export function writesOf(pool: pg.Pool, names: Names): (statements: Asked['statements']) => Promise<number> {
  const waiting: Asked[] = []
  let underWay = 0
  let sending = false
  let late: NodeJS.Timeout | undefined

  function send(): void {
    sending = false
    while (waiting.length > 0 && underWay < mostCommits) begun()
    if (waiting.length > 0) late ??= setTimeout(lateOnes, longestWait)
  }

  // Those under way wait for the disk or a lock.
  function lateOnes(): void {
    late = undefined
    while (waiting.length > 0) begun()
  }

  function begun(): void {
    const group = waiting.splice(0, mostTogether)
    if (waiting.length === 0) {
      clearTimeout(late)
      late = undefined
    }
    underWay++
    void together(group).finally(() => {
      underWay--
      if (waiting.length > 0) send()
    })
  }

  async function together(group: Asked[]): Promise<void> {
    try {
      const changes = await written(pool, names, group)
      for (const [at, { resolve }] of group.entries()) resolve(changes[at] as number)
    } catch (error) {
      // Where no answer came, whether it was kept is not known, and it is not asked again.
      const isWorthAnother = group.length > 1 || isOfNames(error) || isConflict(error)
      if (error instanceof Undone && isWorthAnother && (isOfOne(error) || !failureOf(error))) {
        for (const asked of group) alone(asked.statements).then(asked.resolve, asked.reject)
      } else for (const { reject } of group) reject(passedOn(error))
    }
  }

  async function alone(statements: Asked['statements']): Promise<number> {
    try {
      const [changes] = await untilNoConflict(() => written(pool, undefined, [{ statements }]))
      return changes as number
    } catch (error) {
      throw passedOn(error)
    }
  }

  return (statements) =>
    new Promise((resolve, reject) => {
      waiting.push({ statements, resolve, reject })
      if (sending) return
      sending = true
      setImmediate(send)
    })
}

/** Why a transaction was not kept, where that is sure. */
class Undone extends Error {
  readonly code: string

  constructor(cause: unknown) {
    super('Nothing of it was kept.', { cause })
    this.code = codeOf(cause)
  }
}

function passedOn(error: unknown): unknown {
  return translated(error instanceof Undone ? error.cause : error)
}

/** Writes in one transaction; how many rows each changed. Without names nothing is left with the connection. */
function written(pool: pg.Pool, names: Names | undefined, group: Pick<Asked, 'statements'>[]): Promise<number[]> {
  return onConnection(pool, async (client) => {
    let [isOpen, isAsking] = [false, false]
    try {
      const courses = group.map(({ statements }) => new Course(statements()))
      for (;;) {
        const asked = courses.map((course) => course.next())
        const own = asked.flat()
        const isLast = courses.every((course) => !course.goesOn)
        if (isLast && !isOpen && own.length === 0) return courses.map(({ changes }) => changes)
        // One statement is a transaction by itself.
        const isAlone: boolean = isLast && !isOpen && own.length === 1
        const before = isOpen || isAlone ? [] : group.length > 1 ? [begin, waitForLock] : [begin]
        const statements = [...before, ...own, ...(isLast && !isAlone ? [commit] : [])]
        isOpen = !isAlone
        isAsking = true
        const sent = ask(client, statements, names?.used ?? false)
        const answers = await (names ? names.watched(client, sent) : sent)
        isAsking = false
        let at = before.length
        for (const [of, course] of courses.entries()) {
          const until = at + (asked[of]?.length ?? 0)
          course.told(answers.slice(at, until).map(({ changed }) => changed))
          at = until
        }
        if (isLast) return courses.map(({ changes }) => changes)
      }
    } catch (error) {
      // A connection that cannot roll back is given up, and its server rolls back.
      if (isOpen && isTold(error)) await client.query('ROLLBACK')
      throw isTold(error) || !isAsking ? new Undone(error) : error
    }
  })
}

/** A write on its way: what it asks next, and what it was told. */
class Course {
  changes = 0
  #left: Write[]
  #next: (() => readonly Write[]) | undefined

  constructor(writes: readonly Write[]) {
    this.#left = [...writes]
  }

  /** Statements up to the first that decides what follows it. */
  next(): Statement[] {
    const statements: Statement[] = []
    for (let write = this.#left.shift(); write; write = this.#left.shift()) {
      const sql: Sql = 'first' in write ? write.first : write
      statements.push(statementOf(sql))
      if (!('first' in write)) continue
      this.#next = write.next
      break
    }
    return statements
  }

  get goesOn(): boolean {
    return this.#next !== undefined
  }

  told(changed: number[]): void {
    for (const rows of changed) this.changes += rows
    const next = this.#next
    this.#next = undefined
    if (next && (changed.at(-1) ?? 0) > 0) this.#left.unshift(...next())
  }
}
