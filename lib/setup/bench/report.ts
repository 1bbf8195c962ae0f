import { availableParallelism, cpus, loadavg } from 'node:os'
import { concurrency, type Measured, turns } from './load.ts'

type Rows = [
  http: Measured,
  next: Measured,
  tenantStart: Measured,
  signInStart: Measured,
  tenantNext: Measured,
  signInNext: Measured,
]

/** The table, and what its numbers mean, in words. `sync` is how long the disk takes to make a commit safe. */
export function report(rows: Measured[], sync: number): string {
  const [http, next, tenantStart, signInStart, tenantNext, signInNext] = rows as Rows
  const width = Math.max(...rows.map(({ title }) => title.length))
  const line = (cells: string[]) => cells.map((cell, at) => (at ? cell.padStart(18) : cell.padEnd(width))).join('')
  const limited = ({ generator }: Measured) => generator > 0.85
  return [
    '',
    line(['', 'a second', 'CPU ms each', '× bare node:http']),
    ...rows.map((row) => {
      const perSecond = `${limited(row) ? '≥ ' : ''}${figure(row.perSecond)}`
      return line([row.title, perSecond, row.cpu === undefined ? 'n/a' : figure(row.cpu), times(row, http)])
    }),
    '',
    'In words:',
    `  Next itself: a bare route handler costs ${times(next, http)} a bare node:http handler.`,
    `  GET /v1/tenant costs ${times(tenantStart, http)} a bare node:http handler through npm start.`,
    `  Through next start it costs ${times(tenantNext, tenantStart)} what it does through npm start.`,
    `  A sign-in is two requests, and costs ${times(signInStart, tenantStart)} a GET /v1/tenant through npm start.`,
    `  Through next start it costs ${times(signInNext, signInStart)} what it does through npm start.`,
    '',
    'How it was measured:',
    ...(http.cpu === undefined
      ? ['  “×” is by requests a second: CPU time is read from /proc, which this system does not have.']
      : [
          '  “×” is by CPU: user and system time of the server’s process. Signing for the authenticators is not in it.',
        ]),
    `  ${concurrency} clients over loopback, each asks again once answered; the best of ${turns} turns.`,
    `  Node ${process.versions.node}, ${availableParallelism()} cores (${cpus()[0]?.model.trim()}), load of the last minute ${figure(loadavg()[0] ?? 0)}.`,
    `  The disk takes ${figure(sync)} ms to make a write safe; a request that writes waits for that.`,
    ...(rows.some(limited) ? ['  “≥”: the load generator was at its limit there; the server could answer more.'] : []),
    '',
  ].join('\n')
}

/** How many times as much one costs as another. */
function times(one: Measured, other: Measured): string {
  return `${figure(cost(one) / cost(other))} ×`
}

function cost({ cpu, perSecond }: Measured): number {
  return cpu ?? 1000 / perSecond
}

/** Three digits that count; two of a small number. */
function figure(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(value < 10 ? 2 : 3)))
}
