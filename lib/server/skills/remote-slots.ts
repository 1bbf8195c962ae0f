import { Problem } from '../problem.ts'

// How many runs of remote skills a process has under way: each may hold an answer of 1 MiB, for as long as its endpoint
// likes, whether or not anybody waits for it still.
const [mostInAll, mostOfTenant] = [400, 100]

const shared = globalThis as { playgroundRemoteRuns?: Map<string, number> }
shared.playgroundRemoteRuns ??= new Map()
const taken = shared.playgroundRemoteRuns

/**
 * Takes a slot for a run of a tenant's own skill; `release` gives it back.
 *
 * @throws Problem concurrency_limited
 */
export function takeRemoteSlot(tenantId: string): { release(): void } {
  const [ofTenant, inAll] = [taken.get(tenantId) ?? 0, taken.get('') ?? 0]
  if (ofTenant >= mostOfTenant || inAll >= mostInAll) {
    const whose = ofTenant >= mostOfTenant ? `${mostOfTenant} runs of your own skills` : `${mostInAll} such runs`
    throw new Problem('concurrency_limited', `${whose} are under way in this server. Wait until some have ended.`, {
      headers: { 'Retry-After': '1' },
    })
  }
  add(tenantId, 1)
  return { release: () => add(tenantId, -1) }
}

function add(tenantId: string, by: number): void {
  for (const name of ['', tenantId]) {
    const now = (taken.get(name) ?? 0) + by
    if (now === 0) taken.delete(name)
    else taken.set(name, now)
  }
}
