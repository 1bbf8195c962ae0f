import type { Counting } from '../counting.ts'
import type { Measured } from '../load.ts'
import { figure, share } from './figure.ts'

/** What counting costs of the requests that are counted. */
export function countingReport(counting: Counting, tenant: Measured, signIn: Measured): string[] {
  const of = ({ cpu }: Measured, counts: number) =>
    cpu === undefined ? 'n/a' : share((counts * counting.cpuMicroseconds) / 1000, cpu)
  return [
    'Counting a request for usage, on disk before its answer leaves:',
    '',
    `  Under the load of GET /v1/tenant, one commit carries the counts of ${figure(counting.requestsPerCommit)} requests on average.`,
    `  In batches of ${counting.batch}, a count costs ${figure(counting.cpuMicroseconds)} CPU µs: ${of(tenant, 1)} of a GET /v1/tenant through npm start (goal: under 10 %),`,
    `  and at most ${of(signIn, 2)} of a sign-in, whose two counts share commits with what else it writes.`,
    `  With nobody else to share a commit with, it costs ${figure(counting.aloneMicroseconds)} CPU µs.`,
  ]
}
