import { availableParallelism, cpus, loadavg } from 'node:os'
import { concurrency, type Measured } from './load.ts'

/** One measurement and what it is of. */
export interface Row extends Measured {
  title: string
}

/** The rows in the order that they are measured in. */
export type Rows = [http: Row, next: Row, tenantStart: Row, signInStart: Row, tenantNext: Row, signInNext: Row]

/** The table, and what its numbers mean. */
export function report(rows: Row[]): string {
  const [http, next, tenantStart, signInStart, tenantNext, signInNext] = rows as Rows
  const width = Math.max(...rows.map(({ title }) => title.length))
  const line = (cells: string[]) => cells.map((cell, at) => (at ? cell.padStart(17) : cell.padEnd(width))).join('')
  const limited = (row: Row) => row.generator > 0.85
  return [
    '',
    line(['', 'a second', 'CPU ms each', '× bare node:http']),
    ...rows.map((row) =>
      line([
        row.title,
        `${limited(row) ? '≥ ' : ''}${number(row.perSecond)}`,
        row.cpu === undefined ? 'n/a' : number(row.cpu),
        times(row, http),
      ]),
    ),
    '',
    `× is by ${basis(http)}.`,
    `Next itself: a bare route handler costs ${times(next, http)} a bare node:http handler.`,
    `GET /v1/tenant costs ${times(tenantStart, http)} a bare node:http handler through npm start;`,
    `  through next start it costs ${times(tenantNext, tenantStart)} what it does through npm start.`,
    `A sign-in is two requests; through npm start it costs ${times(signInStart, tenantStart)} a GET /v1/tenant;`,
    `  through next start it costs ${times(signInNext, signInStart)} what it does through npm start.`,
    '',
    `${concurrency} clients that ask again as soon as they are answered, from this process, on ${availableParallelism()} cores (${cpus()[0]?.model.trim()}),`,
    `Node ${process.versions.node}. Load of the machine in the last minute, this run included: ${loadavg()[0]?.toFixed(1)}.`,
    'CPU is that of the server’s process, user and system; signing for the authenticators is not in it.',
    ...(rows.some(limited) ? ['≥: the load generator was busy all the time; the server could answer more.'] : []),
    ...(http.cpu === undefined ? ['CPU is read from /proc, which this system does not have.'] : []),
  ].join('\n')
}

function basis({ cpu }: Row): string {
  return cpu === undefined
    ? 'requests a second, for want of CPU time'
    : 'CPU, which says more than requests a second where other work runs beside'
}

/** How many times as much one costs as another. */
function times(row: Row, other: Row): string {
  return `${number(cost(row) / cost(other))} ×`
}

function cost({ cpu, perSecond }: Row): number {
  return cpu ?? 1000 / perSecond
}

/** Three significant digits. */
function number(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(value < 10 ? 2 : 3)))
}
