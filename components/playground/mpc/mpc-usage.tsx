import { useEffect, useState } from 'react'
import type { TenantAnswer } from '#lib/contract/tenant.ts'
import type { Client } from '#lib/sdk/client.ts'
import type { Work } from './mpc-work.ts'

interface Counts {
  requests: number
  signatures: number
}

interface Props {
  client: Client
  tenant: TenantAnswer
  work: Work | undefined
}

/** How often the usage is read again after an operation: the MPC server reports in batches. */
const readings = [0, 1_000, 3_000, 6_000]

/** The tenant's usage of the MPC server, as it ticks. */
export function MpcUsage({ client, tenant, work }: Props) {
  const [counts, set] = useState<Counts & { before?: Counts }>()
  const readable = tenant.key?.scopes.includes('usage:read') ?? false
  const ended = work?.took === undefined ? undefined : work.startedAt
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has ended is the occasion to read again
  useEffect(() => {
    if (!readable) return
    const controller = new AbortController()
    const timers = readings.map((wait) =>
      setTimeout(async () => {
        const read = await client.usage({ groupBy: 'operation' }, { signal: controller.signal }).catch(() => undefined)
        if (!read || controller.signal.aborted) return
        const mpc = read.data.filter(({ operation }) => operation?.startsWith('mpc.'))
        const now = {
          requests: mpc.reduce((sum, { requests }) => sum + requests, 0),
          signatures: read.meters.totals['mpc.signed'],
        }
        set((last) => (last && same(last, now) ? last : { ...now, ...(last ? { before: last } : {}) }))
      }, wait),
    )
    return () => {
      controller.abort()
      for (const timer of timers) clearTimeout(timer)
    }
  }, [client, readable, ended])
  return (
    <section aria-label="Usage">
      <h2 className="inline font-semibold">Usage</h2>
      <span className="ml-2 text-[13px] text-soft">
        {tenant.tenant.name}, {tenant.environment}
      </span>
      {readable ? (
        <p className="mt-1 flex flex-wrap gap-x-5 text-[13px]">
          <Meter count={counts?.requests} before={counts?.before?.requests} word="requests" />
          <Meter count={counts?.signatures} before={counts?.before?.signatures} word="signatures" />
        </p>
      ) : (
        <p className="mt-1 text-[13px] text-soft">This key does not hold the scope usage:read.</p>
      )}
    </section>
  )
}

function Meter({ count, before, word }: { count: number | undefined; before: number | undefined; word: string }) {
  const more = count !== undefined && before !== undefined ? count - before : 0
  return (
    <span className="flex items-baseline gap-2">
      <span className="font-semibold text-[19px] tabular-nums tracking-tight">
        {count?.toLocaleString('en') ?? '…'}
      </span>
      {word}
      {more > 0 ? <span className="font-semibold text-accent">+{more}</span> : null}
    </span>
  )
}

function same(one: Counts, other: Counts): boolean {
  return one.requests === other.requests && one.signatures === other.signatures
}
