import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/** Runs `playground-faults` as a process of its own. */
export async function command(...words: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return ended(started(words))
}

export function started(words: string[], env: Record<string, string> = {}) {
  const { PATH, NODE_COMPILE_CACHE } = process.env
  return spawn(process.execPath, ['lib/testing/playground-faults.ts', ...words], {
    env: { PATH, NODE_COMPILE_CACHE, NODE_ENV: 'test', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

export async function ended(child: ReturnType<typeof started>) {
  const code = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await code, stdout, stderr }
}
