import { startIssuer } from '../issuer.ts'
import { serveMpc } from '../serve-mpc.ts'
import type { Bare } from './bare.ts'
import { type Load, type Measured, measure, type Pace } from './load.ts'
import { residentMebibytes } from './memory.ts'
import { bare, empty, generations, openSessions, type Suite, signatures, suites, users } from './mpc-work.ts'
import { bestOf, startWorker } from './worker.ts'

/** Sessions that are open at once when the memory is read. */
export const openAtOnce = 1_000

const hurried: Pace = { warmUp: { least: 800, most: 1_200 }, turns: 2 }
const protocolTurns = 2
const protocolMilliseconds = 400

/** What a thing costs at the MPC server, and the whole protocol of it in one process: CPU milliseconds. */
export interface EndToEnd {
  server: Measured
  protocol: number
}

export interface Mpc {
  bare: Measured
  empty: Measured
  generation: Record<Suite, EndToEnd>
  signature: Record<Suite, EndToEnd>
  /** Of the MPC server, in MiB: before the sessions, and with them; undefined where it cannot be read. */
  memory: { before: number | undefined; open: number | undefined }
}

/** Measures an MPC server that runs, under users of an issuer of its own. */
export async function measureMpc(floor: Bare, running: (pid: number) => void): Promise<Mpc> {
  const issuer = await startIssuer()
  const { url, child } = await serveMpc({ MPC_ISSUER: issuer.url, MPC_USAGE_TOKEN: 'st_mpc_of-the-bench' })
  const pid = child.pid as number
  running(pid)
  const [bareMeasured, emptyMeasured] = (await measure(
    [
      { title: 'bare connect-node handler', pid: floor.pid, clients: bare(floor.baseUrl) },
      { title: 'empty RPC with a token', pid, clients: await empty(url, issuer) },
    ],
    hurried,
  )) as [Measured, Measured]

  const protocol = await startWorker('protocol', {})
  async function endToEnd(what: 'generation' | 'signature'): Promise<Record<Suite, EndToEnd>> {
    const loads = await Promise.all(
      suites.map(async (suite): Promise<Load> => {
        const of = await users(url, issuer, `${what}_${suite}`)
        const clients = what === 'generation' ? generations(of, suite) : await signatures(of, suite)
        return { title: `${suite} ${what}`, pid, clients }
      }),
    )
    const measured = await measure(loads, hurried)
    const both: [Suite, EndToEnd][] = []
    for (const [at, suite] of suites.entries()) {
      const costs = []
      for (let turn = 0; turn < protocolTurns; turn++) {
        costs.push(await protocol.turn({ work: `${suite} ${what}`, callers: 1, milliseconds: protocolMilliseconds }))
      }
      both.push([suite, { server: measured[at] as Measured, protocol: bestOf(costs).cpuMicroseconds / 1000 }])
    }
    return Object.fromEntries(both) as Record<Suite, EndToEnd>
  }
  const generation = await endToEnd('generation')
  const signature = await endToEnd('signature')

  process.stderr.write(`  Opening ${openAtOnce} sessions\n`)
  const before = residentMebibytes(pid)
  await openSessions(url, issuer, openAtOnce)
  const memory = { before, open: residentMebibytes(pid) }
  await issuer.stop()
  return { bare: bareMeasured, empty: emptyMeasured, generation, signature, memory }
}
