import { expect, vi } from 'vitest'
import { run } from './run.ts'

interface Outcome {
  code: number
  stdout: string
  stderr: string
}

// One speaks at a time: all have this process's console.
let last: Promise<unknown> = Promise.resolve()

/** Carries a command out in the test's own process, and says what a process of its own would have said. */
export function adminHere(...words: string[]): Promise<Outcome> {
  const outcome = last.then(() => carryOut(words))
  last = outcome.catch(() => undefined)
  return outcome
}

/** The one JSON document of a command that succeeds. */
export async function jsonHere(...words: string[]) {
  const { code, stdout, stderr } = await adminHere(...words, '--json')
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  return JSON.parse(stdout)
}

/** What a command says that is refused: on standard error alone, with exit code 1. */
export async function errorHere(...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await adminHere(...words)
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).not.toMatch(/\n {4}at /)
  return stderr
}

async function carryOut(words: string[]): Promise<Outcome> {
  const said = { stdout: '', stderr: '' }
  const lines = (to: keyof typeof said) => (line: string) => {
    said[to] += `${line}\n`
  }
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(lines('stdout')),
    vi.spyOn(console, 'error').mockImplementation(lines('stderr')),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      said.stderr += text
      return true
    }),
  ]
  try {
    return { code: await run(words), ...said }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}
