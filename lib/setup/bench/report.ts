import { availableParallelism, cpus, loadavg } from 'node:os'
import type { Checks } from './checks.ts'
import type { Counting } from './counting.ts'
import { concurrency, turns } from './load.ts'
import type { Logging } from './logging.ts'
import type { Refusals } from './refusals.ts'
import { checksReport } from './report/checks.ts'
import { countingReport } from './report/counting.ts'
import { figure } from './report/figure.ts'
import { type Goal, goalsReport } from './report/goals.ts'
import { loggingReport } from './report/logging.ts'
import { oauthReport, type Tokens } from './report/oauth.ts'
import { refusalsReport } from './report/refusals.ts'
import { limited, type Requests, requestsReport } from './report/requests.ts'
import type { Verifying } from './verifying.ts'

/** What a run has found. */
export interface Findings {
  requests: Requests
  refusals: Refusals
  checks: Checks
  counting: Counting
  logging: Logging
  tokens: Tokens
  verifying: Verifying
  goals: readonly Goal[]
  /** How long the disk takes to make a commit safe, in milliseconds. */
  sync: number
}

/** All of it, and what its numbers mean, in words. */
export function report(found: Findings): string {
  const { requests, refusals, checks, counting, logging, tokens, sync, verifying, goals } = found
  const { http, tenantStart, signInStart } = requests
  return [
    '',
    ...requestsReport(requests),
    '',
    ...refusalsReport(refusals),
    '',
    ...checksReport(checks),
    '',
    ...countingReport(counting, tenantStart, signInStart),
    '',
    ...loggingReport(logging, tenantStart),
    '',
    ...oauthReport(tokens),
    '',
    ...goalsReport(goals, verifying),
    '',
    'How it was measured:',
    ...(http.cpu === undefined
      ? ['  “×” of requests is by requests a second: CPU time is read from /proc, which this system does not have.']
      : [
          '  “×” is by CPU: user and system time of the server’s process. Signing for the authenticators is not in it.',
        ]),
    `  ${concurrency} clients over loopback, each asks again once answered; the best of ${turns} turns.`,
    `  Node ${process.versions.node}, ${availableParallelism()} cores (${cpus()[0]?.model.trim()}), load of the last minute ${figure(loadavg()[0] ?? 0)}.`,
    `  The disk takes ${figure(sync)} ms to make a write safe; a request that writes waits for that.`,
    ...(Object.values<Requests[keyof Requests]>({ ...requests }).some(limited)
      ? ['  “≥”: the load generator was at its limit there; the server could answer more.']
      : []),
    '',
  ].join('\n')
}
