import type { Measured } from '../load.ts'
import { type Logging, loggingGoal } from '../logging.ts'
import { figure, share } from './figure.ts'

/** What the log of requests costs of those that stand in it. */
export function loggingReport({ on, off }: Logging, { cpu }: Measured): string[] {
  const cost = on - off
  const of = cpu === undefined ? 'n/a' : share(cost / 1000, cpu)
  return [
    'Writing a request to the log, off its way:',
    '',
    `  It costs ${figure(cost)} CPU µs, its id that says when and its share of a lot in it: ${of} of a GET /v1/tenant through npm start`,
    `  (goal: under ${loggingGoal} %).`,
  ]
}
