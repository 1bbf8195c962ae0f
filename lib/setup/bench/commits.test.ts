import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { newDataDir } from '../isolated.ts'
import { commitsDuring } from './commits.ts'

test('commits are counted, however much each one holds and wherever the log was', async () => {
  const file = join(newDataDir('commits'), 'x.db')
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.exec('CREATE TABLE t (a)')
  const insert = database.prepare(`INSERT INTO t SELECT zeroblob(3000) FROM json_each(?)`)
  const write = (commits: number, rows: number) => {
    for (let commit = 0; commit < commits; commit++) insert.run(JSON.stringify(Array(rows).fill(0)))
  }
  for (const [commits, rows] of [
    [3, 1],
    [0, 0],
    [400, 20],
    [5, 2],
  ] as const) {
    write(7, 1)
    expect(await commitsDuring(file, async () => write(commits, rows))).toBe(commits)
  }
  database.close()
})
