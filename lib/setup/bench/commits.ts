import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'

const [headerBytes, frameHeaderBytes] = [32, 24]

/**
 * How many commits other connections make to a database while something runs, read from its write-ahead log: the frame
 * that ends a commit says how large the database is then, and the others say 0.
 *
 * @see https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 */
export async function commitsDuring(file: string, run: () => Promise<unknown>): Promise<number> {
  const reader = new Database(file)
  try {
    // The log begins anew, and while somebody reads what was there before it, it does not do so again.
    reader.pragma('wal_checkpoint(TRUNCATE)')
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM sqlite_master').get()
    await run()
    return commitsIn(readFileSync(`${file}-wal`))
  } finally {
    reader.close()
  }
}

/** The commits of a log; what stands behind them from an earlier use of the file has another salt. */
export function commitsIn(log: Buffer): number {
  if (log.length < headerBytes) return 0
  const frameBytes = frameHeaderBytes + log.readUInt32BE(8)
  const salts = log.subarray(16, 24)
  let commits = 0
  for (let at = headerBytes; at + frameBytes <= log.length; at += frameBytes) {
    if (!salts.equals(log.subarray(at + 8, at + 16))) break
    if (log.readUInt32BE(at + 4) > 0) commits++
  }
  return commits
}
