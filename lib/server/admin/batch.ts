import { createInterface } from 'node:readline/promises'
import { CommanderError } from 'commander'
import { problemOf } from '../problem.ts'
import { said } from './print.ts'
import { adminProgram } from './program.ts'

/**
 * Carries commands out, one after the other: a JSON array of words on each line, such as `["tenants", "list"]`. Each is
 * answered with one line: the command's JSON document, or `{"error": …}`. For scripts that have many: the process, and its
 * way to the database, begin once.
 */
export async function batch(input: NodeJS.ReadableStream): Promise<void> {
  for await (const line of createInterface({ input })) {
    if (line.trim() === '') continue
    await carryOut(line).catch((error) => {
      if ((error as CommanderError).code !== said) console.log(JSON.stringify({ error: textOf(error) }))
    })
  }
}

async function carryOut(line: string): Promise<void> {
  const words: unknown = JSON.parse(line)
  if (!Array.isArray(words)) throw new SyntaxError('A command is a JSON array of words.')
  await adminProgram(true).parseAsync([...words.map(String), '--json'], { from: 'user' })
}

/** What was wrong, where whoever wrote the command can mend it. */
function textOf(error: unknown): string {
  const problem = problemOf(error)
  if (problem) return problem.detail
  if (error instanceof CommanderError || error instanceof SyntaxError) return error.message
  throw error
}
