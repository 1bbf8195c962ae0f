import type pg from 'pg'
import { forget } from './postgresql-batch.ts'
import { isOfNames } from './postgresql-connection.ts'

/** Whether a pool’s connections keep statements by name. */
export interface Names {
  readonly used: boolean
  /** Notes what a failure says of them; who asked asks once more, without. */
  watched<Result>(client: pg.ClientBase, asked: Promise<Result>): Promise<Result>
}

/** Used until a pooler that does not know them is met: then never more. */
export function newNames(): Names {
  let used = true
  return {
    get used() {
      return used
    },
    watched: (client, asked) =>
      asked.catch((error) => {
        const told = isOfNames(error)
        if (told) forget(client)
        if (told === 'pooled') used = false
        throw error
      }),
  }
}
