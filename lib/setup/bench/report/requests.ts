import type { Measured } from '../load.ts'
import { figure, table, times } from './figure.ts'

/** What a request costs, each way that it is served. */
export interface Requests {
  http: Measured
  next: Measured
  tenantStart: Measured
  signInStart: Measured
  registerStart: Measured
  tenantNext: Measured
  signInNext: Measured
  /** A sign-in with a passkey at better-auth. */
  betterAuth: Measured
}

/** The load generator was what limited it. */
export const limited = ({ generator }: Measured) => generator > 0.85

/** What one round costs: CPU milliseconds, or time where CPU cannot be read. */
export function cost({ cpu, perSecond }: Measured): number {
  return cpu ?? 1000 / perSecond
}

/** The table of the requests and what it means. */
export function requestsReport(requests: Requests): string[] {
  const { http, next, tenantStart, signInStart, registerStart, tenantNext, signInNext, betterAuth } = requests
  const ratio = (one: Measured, other: Measured) => times(cost(one), cost(other))
  return [
    ...table([
      ['', 'a second', 'CPU ms each', '× bare node:http'],
      ...Object.values<Measured>({ ...requests }).map((row) => [
        row.title,
        `${limited(row) ? '≥ ' : ''}${figure(row.perSecond)}`,
        row.cpu === undefined ? 'n/a' : figure(row.cpu),
        ratio(row, http),
      ]),
    ]),
    '',
    'In words:',
    `  Next itself: a bare route handler costs ${ratio(next, http)} a bare node:http handler.`,
    `  GET /v1/tenant costs ${ratio(tenantStart, http)} a bare node:http handler through npm start.`,
    `  Through next start it costs ${ratio(tenantNext, tenantStart)} what it does through npm start.`,
    `  A sign-in is two requests, and costs ${ratio(signInStart, tenantStart)} a GET /v1/tenant through npm start.`,
    `  Through next start it costs ${ratio(signInNext, signInStart)} what it does through npm start.`,
    `  better-auth’s sign-in with a passkey, two requests at a node:http server, costs ${ratio(betterAuth, signInStart)} ours through npm start.`,
    `  A registration is two requests, too, and costs ${ratio(registerStart, signInStart)} a sign-in through npm start.`,
  ]
}
