import { CommanderError } from 'commander'
import { StartError } from '#lib/foundation/start-error.ts'
import { type Problem, problemOf } from '../problem.ts'
import { adminProgram } from './program.ts'

/** Carries a command out. What was wrong is said on standard error. Resolves with the process's exit code. */
export function run(words: string[]): Promise<number> {
  return saying(() => adminProgram().parseAsync(words, { from: 'user' }))
}

/** Does something, says on standard error what was wrong, and resolves with the process's exit code. */
export async function saying(act: () => Promise<unknown>): Promise<number> {
  try {
    await act()
    return 0
  } catch (error) {
    // The command line has said that itself.
    if (error instanceof CommanderError) return error.exitCode
    const problem = problemOf(error)
    if (!(problem || error instanceof StartError)) throw error
    console.error(problem ? lines(problem) : (error as StartError).message)
    return 1
  }
}

/** What was wrong; where several things were, each on a line. */
function lines({ detail, details: { issues = [] } }: Problem): string {
  return issues.length > 1 ? issues.map(({ path, message }) => `${path}: ${message}`).join('\n') : detail
}
