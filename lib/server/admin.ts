import { batch } from './admin/batch.ts'
import { adminProgram } from './admin/program.ts'
import { closeDatabase } from './db/database.ts'
import { EnvError } from './env.ts'
import { Problem } from './problem.ts'

// The operator's command line. It works beside a running server: both share the database.

try {
  const program = await adminProgram().parseAsync()
  if (program.args[0] === 'batch') await batch(process.stdin)
} catch (error) {
  if (!(error instanceof Problem || error instanceof EnvError)) throw error
  console.error(error instanceof Problem ? lines(error) : error.message)
  process.exitCode = 1
} finally {
  await closeDatabase()
}

/** What was wrong; where several things were, each on a line. */
function lines({ detail, details: { issues = [] } }: Problem): string {
  return issues.length > 1 ? issues.map(({ path, message }) => `${path}: ${message}`).join('\n') : detail
}
