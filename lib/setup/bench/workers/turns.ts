import { type Client, run } from '../load.ts'
import type { Cost, Turn } from '../worker.ts'

/** What a worker can do: a caller of each kind of call, by the caller's number and how many they are. */
export type Works = Record<string, (caller: number, callers: number) => Client>

/** Says that this process is ready, then makes calls whenever it is told to, until whoever started it is gone. */
export function serveTurns(works: Works, facts: object = {}): void {
  process.on('message', async (turn: Turn) => process.send?.(await serve(works, turn)))
  process.once('disconnect', () => process.exit())
  process.send?.(facts)
}

async function serve(works: Works, { work, callers, milliseconds }: Turn): Promise<Cost> {
  const clients = Array.from({ length: callers }, (_, caller) => works[work]?.(caller, callers) as Client)
  const [began, before] = [performance.now(), process.cpuUsage()]
  const calls = await run(clients, milliseconds)
  const { user, system } = process.cpuUsage(before)
  return { perSecond: (calls * 1000) / (performance.now() - began), cpuMicroseconds: (user + system) / calls }
}
