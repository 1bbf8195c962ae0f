import { cpuMilliseconds } from './cpu.ts'
import { type Load, run } from './load.ts'

/** CPU milliseconds that each part of a deployment takes of one round, the clients among them. */
export type Parts = Record<string, number>

const milliseconds = 2_000

/** What the parts of a deployment take while clients ask it. */
export async function partsOf({ clients }: Load, parts: [name: string, pids: () => number[]][]): Promise<Parts> {
  const all = [...parts, ['clients', () => [process.pid]] as const]
  const spent = () => all.map(([, pids]) => pids().reduce((sum, pid) => sum + (cpuMilliseconds(pid) ?? 0), 0))
  const before = spent()
  const rounds = await run(clients, milliseconds)
  const after = spent()
  return Object.fromEntries(all.map(([name], at) => [name, ((after[at] ?? 0) - (before[at] ?? 0)) / rounds]))
}
