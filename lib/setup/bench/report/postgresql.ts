import type { Engines } from '../postgresql.ts'
import { figure, table } from './figure.ts'
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
            work: 'sign-ins a second of two processes, held against one',
            times: processes.two.perSecond / processes.one.perSecond,
            least: 1.3,
          },
        ]
      : []),
  ]
}

/** What the same work costs the server's process on both engines. */
export function enginesReport(engines: Engines, goals: readonly Goal[]): string[] {
  const { sqlite, postgresql, processes } = engines
  const all = [...works.flatMap((work) => [sqlite[work], postgresql[work]]), ...Object.values(processes ?? {})]
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
    ...(processes ? [] : ['  Two processes need Redis, which is not on this machine: they were left out.']),
  ]
}
