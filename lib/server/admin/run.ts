import { CommanderError } from 'commander'
import { EnvError } from '../env.ts'
import { Problem } from '../problem.ts'
import { adminProgram } from './program.ts'

/** Carries a command out. What was wrong is said on standard error. Resolves with the process's exit code. */
export async function run(words: string[]): Promise<number> {
  try {
    await adminProgram().parseAsync(words, { from: 'user' })
    return 0
  } catch (error) {
    // The command line has said that itself.
    if (error instanceof CommanderError) return error.exitCode
    if (!(error instanceof Problem || error instanceof EnvError)) throw error
    console.error(error instanceof Problem ? lines(error) : error.message)
    return 1
  }
}

/** What was wrong; where several things were, each on a line. */
function lines({ detail, details: { issues = [] } }: Problem): string {
  return issues.length > 1 ? issues.map(({ path, message }) => `${path}: ${message}`).join('\n') : detail
}
