import { setTimeout as delay } from 'node:timers/promises'
import type { ServiceImpl } from '@connectrpc/connect'
import { type Health, HealthCheckResponse_ServingStatus as Status } from '../../proto/health/v1/health_pb.js'
import { isDraining } from '../draining.ts'
import { refusal } from '../refusal.ts'
import { trustedKeys } from '../tokens/issuer-keys.ts'
import { write } from './store.ts'

/** It is looked at again after so long, in milliseconds, however many ask: they need no token. */
const between = 1_000
/** How long the database may take for that. */
const patience = 2_000
const mostWatchers = 200

/**
 * Whether the server as a whole, or one of its services, takes calls: not before it has had the issuer's keys once, not
 * while its database takes no writes, since no call is answered that is not counted there, and not once it was told to stop.
 *
 * @param services the names of its services
 * @see https://github.com/grpc/grpc/blob/master/doc/health-checking.md
 */
export function health(services: readonly string[]): ServiceImpl<typeof Health> {
  const known = new Set(['', ...services])
  return {
    async check({ service }) {
      if (!known.has(service)) throw refusal('not_found', 'There is no such service here.')
      return { status: await status() }
    },
    async list() {
      const now = { status: await status() }
      return { statuses: Object.fromEntries([...known].map((service) => [service, now])) }
    },
    async *watch({ service }, { signal }) {
      if (watchers >= mostWatchers) {
        throw refusal('rate_limited', `${mostWatchers} watch already. Check from time to time.`, { retryAfter: 60 })
      }
      watchers += 1
      try {
        if (!known.has(service)) yield { status: Status.SERVICE_UNKNOWN }
        for (let told: Status | undefined; known.has(service) && !signal.aborted; ) {
          const now = await status()
          if (now !== told) yield { status: now }
          told = now
          if (now === Status.NOT_SERVING && isDraining()) return
          await delay(between, undefined, { signal, ref: false }).catch(() => undefined)
        }
      } finally {
        watchers -= 1
      }
    },
  }
}

let watchers = 0
let seen: { at: number; status: Promise<Status> } | undefined

async function status(): Promise<Status> {
  if (isDraining()) return Status.NOT_SERVING
  const now = performance.now()
  if (!seen || now - seen.at >= between) seen = { at: now, status: look() }
  return seen.status
}

async function look(): Promise<Status> {
  if (!(await trustedKeys().load())) return Status.NOT_SERVING
  const written = write().then(
    () => Status.SERVING,
    () => Status.NOT_SERVING,
  )
  return Promise.race([written, delay(patience, Status.NOT_SERVING, { ref: false })])
}
