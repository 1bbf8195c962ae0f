import { spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'

// The operator's command line, beside the running server: one process for all the commands of a worker.

type Waiting = PromiseWithResolvers<unknown>

let ask: ((words: string[]) => Promise<unknown>) | undefined

/**
 * Carries out a command of the operator's.
 *
 * @throws Error with what the command line says was wrong
 */
export async function admin<Answer>(...words: string[]): Promise<Answer> {
  ask ??= begin()
  return (await ask(words)) as Answer
}

function begin() {
  const child = spawn(process.execPath, ['lib/server/admin.ts', 'batch'], { stdio: ['pipe', 'pipe', 'inherit'] })
  // It ends with this worker, and does not keep it.
  child.unref()
  for (const pipe of [child.stdin, child.stdout]) (pipe as unknown as Socket).unref()
  const waiting: Waiting[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = JSON.parse(line) as { error?: string }
    const { resolve, reject } = waiting.shift() as Waiting
    if (answer.error === undefined) resolve(answer)
    else reject(new Error(answer.error))
  })
  child.on('exit', (code) => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`The command line ended with ${code}.`))
    ask = undefined
  })
  return (words: string[]) => {
    const answer: Waiting = Promise.withResolvers()
    waiting.push(answer)
    ;(child.stdout as unknown as Socket).ref()
    child.stdin.write(`${JSON.stringify(words)}\n`)
    return answer.promise.finally(() => {
      if (waiting.length === 0) (child.stdout as unknown as Socket).unref()
    })
  }
}
