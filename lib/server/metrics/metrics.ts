import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { env } from '../env.ts'
import { limitsHealth } from '../limits/limits.ts'
import { Problem } from '../problem.ts'
import { metricsOfAll, tellMetrics } from '../workers/metrics.ts'
import { isWorker } from '../workers/worker.ts'

// What this process tells Prometheus; one of several workers tells what all of them do. Labels are operations, statuses and policies, of which there are few and which
// name nobody: no tenant, key, user or address is ever one.

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

// The Next bundle and the entry point are separate module graphs of one process: its figures are theirs together.
const shared = globalThis as { playgroundMetrics?: ReturnType<typeof make> }

function metrics() {
  shared.playgroundMetrics ??= make()
  return shared.playgroundMetrics
}

function make() {
  const register = new Registry()
  const registers = [register]
  collectDefaultMetrics({ register })
  if (isWorker) tellMetrics(register)
  if (env().redisUrl) {
    new Gauge({
      name: 'limits_redis_up',
      help: 'Whether Redis can be reached, so that all processes count limits together; absent without REDIS_URL',
      registers,
      aggregator: 'min',
      async collect() {
        this.set((await limitsHealth()).store === 'redis' ? 1 : 0)
      },
    })
  }
  return {
    register,
    requests: new Counter({
      name: 'http_requests_total',
      help: 'Answers of the API, by operation (none: no operation is there) and status',
      labelNames: ['operation', 'status'],
      registers,
    }),
    durations: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'From a request’s arrival at the API to its answer, by operation',
      labelNames: ['operation'],
      buckets: seconds,
      registers,
    }),
    limited: new Counter({
      name: 'requests_limited_total',
      help: 'Requests that were answered 429, by the policy that they exceeded',
      labelNames: ['policy'],
      registers,
    }),
    refused: new Counter({
      name: 'keys_refused_total',
      help: 'Requests whose API key was not valid',
      registers,
    }),
    webhookAttempts: new Counter({
      name: 'webhook_attempts_total',
      help: 'Attempts to deliver an event to a webhook endpoint, by outcome: delivered, or the class of the failure',
      labelNames: ['outcome'],
      registers,
    }),
    webhookDurations: new Histogram({
      name: 'webhook_attempt_duration_seconds',
      help: 'How long attempts to deliver an event took',
      buckets: seconds,
      registers,
    }),
    webhookLag: new Gauge({
      name: 'webhook_oldest_due_seconds',
      help: 'For how long the event that is due longest has waited to be sent, when this process looked last',
      registers,
      aggregator: 'max',
    }),
    webhooksOff: new Counter({
      name: 'webhook_endpoints_disabled_total',
      help: 'Endpoints that were turned off because nothing arrived there, by reason: gone, failing',
      labelNames: ['reason'],
      registers,
    }),
    counted: new Counter({
      name: 'usage_counted_total',
      help: 'Requests that were written to the usage figures',
      registers,
    }),
    dropped: new Counter({
      name: 'logs_dropped_total',
      help: 'Requests that are in no log, since the database did not take them',
      registers,
    }),
  }
}

/** An answer of the API. */
export interface Answered {
  /** The operation that the request was routed to; undefined where there is none. */
  operation: string | undefined
  status: number
  seconds: number
  /** What was thrown, where something was. */
  error: unknown
}

/** Notes an answer of the API. */
export function noteAnswer({ operation = 'none', status, seconds, error }: Answered): void {
  const { requests, durations, limited, refused } = metrics()
  requests.inc({ operation, status })
  durations.observe({ operation }, seconds)
  if (!(error instanceof Problem)) return
  const { violatedPolicies = [] } = error.details
  for (const policy of violatedPolicies) limited.inc({ policy })
  // Whoever exceeds `failures` does so with one more key that is not valid.
  if (error.code === 'api_key_invalid' || violatedPolicies.includes('failures')) refused.inc()
}

/** Notes that requests were written to the usage figures. */
export function noteCounted(requests: number): void {
  metrics().counted.inc(requests)
}

/** Notes that requests will be in no log. */
export function noteDropped(requests: number): void {
  metrics().dropped.inc(requests)
}

/** Notes an attempt to deliver an event: `delivered`, or the class of its failure. */
export function noteWebhookAttempt(outcome: string, milliseconds: number): void {
  const { webhookAttempts, webhookDurations } = metrics()
  webhookAttempts.inc({ outcome })
  webhookDurations.observe(milliseconds / 1000)
}

/** Notes for how long the event that is due longest has waited. */
export function noteWebhookLag(milliseconds: number): void {
  metrics().webhookLag.set(milliseconds / 1000)
}

/** Notes that an endpoint was turned off. */
export function noteWebhookOff(reason: string): void {
  metrics().webhooksOff.inc({ reason })
}

/** All figures, as they are kept. */
export function figures() {
  return metrics().register.getMetricsAsJSON()
}

/** All figures in Prometheus’ text format, and its content type. */
export async function exposition(): Promise<{ text: string; type: string }> {
  const { register } = metrics()
  return { text: await (isWorker ? metricsOfAll() : register.metrics()), type: register.contentType }
}
