import { availableParallelism } from 'node:os'
import { type Engines, heldTo, type Processes } from '../postgresql.ts'
import { figure, table, times } from './figure.ts'
import { type Goal, goalsTable } from './goals.ts'
import { cost } from './requests.ts'

const names = { signIn: 'sign-in', register: 'registration', tenant: 'GET /v1/tenant' } as const
const works = Object.keys(names) as (keyof typeof names)[]

/** The goals of PostgreSQL, each with what this run has found. */
export function engineGoals({ sqlite, postgresql, processes }: Engines): Goal[] {
  return [
    ...works.map((work): Goal => {
      const times = cost(postgresql[work]) / cost(sqlite[work])
      return { work: `${names[work]} on PostgreSQL, held against SQLite`, times, most: 1.5 }
    }),
    ...(processes
      ? [
          {
            work: `sign-ins a second of two processes with ${heldTo} of a core each, held against one`,
            times: processes.held.two.perSecond / processes.held.one.perSecond,
            least: 1.3,
          },
        ]
      : []),
  ]
}

/** What the same work costs the server's process on both engines. */
export function enginesReport(engines: Engines, goals: readonly Goal[]): string[] {
  const { sqlite, postgresql, processes } = engines
  const ofProcesses = processes ? [processes.one, processes.two, ...Object.values(processes.held).map(titled)] : []
  const all = [...works.flatMap((work) => [sqlite[work], postgresql[work]]), ...ofProcesses]
  return [
    'PostgreSQL beside SQLite, through npm start:',
    '',
    ...table([
      ['', 'a second', 'CPU ms each', 'clients’ core'],
      ...all.map(({ title, perSecond, cpu, generator }) => [
        title,
        figure(perSecond),
        cpu === undefined ? '' : figure(cpu),
        `${figure(generator * 100)} %`,
      ]),
    ]),
    '',
    ...goalsTable(goals),
    '',
    '  CPU: of the server’s process; PostgreSQL’s own processes are not in it. They share the cores, and so do the clients (one process).',
    ...(processes
      ? sharing(processes)
      : ['  Two processes need Redis, which is not on this machine: they were left out.']),
  ]
}

function titled(measured: Processes['one']): Processes['one'] {
  return { ...measured, title: `${measured.title}, ${heldTo} of a core each` }
}

/** What the cores allow, where each process may have one whole: with few of them, hardly more than one process does. */
function sharing({ one, two, parts }: Processes): string[] {
  const whole = Object.values(parts).reduce((sum, part) => sum + part, 0)
  const most = (availableParallelism() * 1_000) / whole
  const each = Object.entries(parts).map(([name, part]) => `${name} ${figure(part)}`)
  return [
    `  The two processes share PostgreSQL and Redis, and so does the one that they are held against.`,
    `  CPU ms of a sign-in: ${each.join(', ')}. So ${availableParallelism()} cores allow ${figure(most)} a second of any number of`,
    `  processes, ${times(most, one.perSecond)} one; two came to ${times(two.perSecond, one.perSecond)}. With a share of a core each, nothing else is short of one.`,
  ]
}
