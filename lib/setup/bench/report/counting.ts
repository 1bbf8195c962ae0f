import { type Counting, countingGoal } from '../counting.ts'
import type { Measured } from '../load.ts'
import { figure, share } from './figure.ts'

/** What counting costs of the requests that are counted. */
export function countingReport(counting: Counting, tenant: Measured, signIn: Measured): string[] {
  const of = ({ cpu }: Measured, counts: number, microseconds = counting.cpuMicroseconds) =>
    cpu === undefined ? 'n/a' : share((counts * microseconds) / 1000, cpu)
  return [
    'Counting a request for usage, on disk before its answer leaves:',
    '',
    `  Under the load of GET /v1/tenant, one commit carries the counts of ${figure(counting.requestsPerCommit)} requests on average.`,
    `  In batches of ${counting.batch}, a count costs ${figure(counting.cpuMicroseconds)} CPU µs: ${of(tenant, 1)} of a GET /v1/tenant through npm start (goal: under 10 %),`,
    `  and at most ${of(signIn, 2)} of a sign-in, whose two counts share commits with what else it writes.`,
    `  Of a tenant with a quota and a webhook endpoint that listens to everything, it costs ${figure(counting.toldMicroseconds)} CPU µs: ${of(tenant, 1, counting.toldMicroseconds)} of a`,
    `  GET /v1/tenant (goal: under ${countingGoal} %).`,
    `  With nobody else to share a commit with, it costs ${figure(counting.aloneMicroseconds)} CPU µs.`,
  ]
}
