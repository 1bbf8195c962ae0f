import { batch } from './admin/batch.ts'
import { run, saying } from './admin/run.ts'
import { closeDatabase } from './db/database.ts'

// The operator's command line. It works beside a running server: both share the database.

const words = process.argv.slice(2)
try {
  process.exitCode = await run(words)
  if (words[0] === 'batch' && process.exitCode === 0 && words.length === 1) {
    process.exitCode = await saying(() => batch(process.stdin))
  }
} finally {
  await closeDatabase()
}
