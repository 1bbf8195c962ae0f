import { setImmediate } from 'node:timers'
import type pg from 'pg'
import { type Answer, ask } from './postgresql-batch.ts'
import { isOfNames, isTold, onConnection } from './postgresql-connection.ts'
import { failureOf, isConflict, isOfOne, translated, untilNoConflict } from './postgresql-failure.ts'
import type { Names } from './postgresql-names.ts'
import type { Statement } from './postgresql-statement.ts'

interface Read {
  statement: Statement
  resolve(answer: Answer): void
  reject(reason: unknown): void
}

// One that takes long keeps those behind it waiting, and no others.
const most = 16

/**
 * Asks what reads. What is asked often shares a connection and a round trip with the turn’s others of its kind; every other
 * may take its time, and is asked by itself.
 */
export function readsOf(pool: pg.Pool, names: Names): (statement: Statement) => Promise<Answer> {
  let waiting: Read[] = []

  function send(): void {
    const all = waiting
    waiting = []
    for (let at = 0; at < all.length; at += most) void together(all.slice(at, at + most))
  }

  async function together(reads: Read[]): Promise<void> {
    try {
      const statements = reads.map(({ statement }) => statement)
      const answers = await onConnection(pool, (client) => names.watched(client, ask(client, statements, names.used)))
      for (const [at, { resolve }] of reads.entries()) resolve(answers[at] as Answer)
    } catch (error) {
      // Of what was asked together, one may have failed and kept the others from their answer.
      const isWorthAnother = reads.length > 1 || isOfNames(error) || isConflict(error)
      if (isTold(error) && isWorthAnother && (isOfOne(error) || !failureOf(error))) {
        for (const { statement, resolve, reject } of reads) alone(statement).then(resolve, reject)
      } else for (const { reject } of reads) reject(translated(error))
    }
  }

  async function alone(statement: Statement): Promise<Answer> {
    try {
      const [answer] = await untilNoConflict(() => onConnection(pool, (client) => ask(client, [statement], false)))
      return answer as Answer
    } catch (error) {
      throw translated(error)
    }
  }

  return (statement) => {
    if (statement.name === undefined) return alone(statement)
    return new Promise((resolve, reject) => {
      waiting.push({ statement, resolve, reject })
      if (waiting.length === 1) setImmediate(send)
    })
  }
}
