import type { Measured } from '../load.ts'
import { type EndToEnd, type Mpc, openAtOnce } from '../mpc.ts'
import { type Suite, suites } from '../mpc-work.ts'
import { figure, table, times } from './figure.ts'
import { cost } from './requests.ts'

/** How much more CPU a signature may cost the server than the whole protocol costs in one process. */
const mostOfSignature = 2
/** What the server may have in memory with all sessions open, in MiB. */
const mostMemory = 256

/** The goals that were missed, in words; none where all were met, or cannot be read here. */
export function missed({ signature, memory }: Mpc): string[] {
  const dear = suites.filter((suite) => ratio(signature[suite]) > mostOfSignature)
  return [
    ...dear.map(
      (suite) =>
        `A signature with ${suite} costs the server ${times(cost(signature[suite].server), signature[suite].protocol)} the protocol’s own CPU.`,
    ),
    ...((memory.open ?? 0) > mostMemory
      ? [`With ${openAtOnce} sessions the server has ${figure(memory.open ?? 0)} MiB.`]
      : []),
  ]
}

/** What the MPC server costs beside a bare handler, and beside the protocol by itself. */
export function mpcReport(mpc: Mpc): string[] {
  const { bare, empty, generation, signature, memory } = mpc
  const row = ({ title, perSecond, cpu }: Measured, of: number) => [
    ...[title, figure(perSecond), cpu === undefined ? 'n/a' : figure(cpu)],
    times(cpu ?? 1000 / perSecond, of),
  ]
  const endToEnd = (what: Record<Suite, EndToEnd>) =>
    suites.map((suite) => {
      const { server, protocol } = what[suite]
      return [server.title, figure(cost(server)), figure(protocol), times(cost(server), protocol)]
    })
  const failures = missed(mpc)
  return [
    'The MPC server, over gRPC (the users’ own parties are not in it):',
    '',
    ...table([['', 'a second', 'CPU ms each', '× bare'], row(bare, cost(bare)), row(empty, cost(bare))]),
    '',
    ...table([
      ['2 of 3, end to end', 'server’s CPU ms', 'in one process', '× one process'],
      ...endToEnd(generation),
      ...endToEnd(signature),
    ]),
    '',
    ...(memory.open === undefined || memory.before === undefined
      ? ['  Memory is read from /proc, which this system does not have.']
      : [
          `  ${openAtOnce} sessions at once: ${figure(memory.open)} MiB in memory, ${figure(memory.before)} MiB before them.`,
        ]),
    `  Goals: a signature costs the server at most ${mostOfSignature} × what the whole protocol costs in one process; at most ${mostMemory} MiB.`,
    ...(failures.length === 0 ? ['  Both are met.'] : failures.map((failure) => `  MISSED: ${failure}`)),
  ]
}

function ratio({ server, protocol }: EndToEnd): number {
  return cost(server) / protocol
}
