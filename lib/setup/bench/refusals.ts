import { isDeepStrictEqual } from 'node:util'
import { type Connection, message } from './connection.ts'

/** A key of each kind, all of a live environment. */
export type PresentedKeys = Record<Kind, string>

type Kind = 'good key' | 'wrong id' | 'wrong secret' | 'revoked key'

/** How long a kind of key is answered in, in milliseconds: the median, and where the middle half of the answers lies. */
export interface Answered {
  median: number
  from: number
  to: number
  status: number
}

export type Refusals = Record<Kind, Answered>

/** How many of each kind are measured. With the first ones, that is below what an address may fail in a minute. */
export const asked = 85

const first = 10

/**
 * Asks with each kind of key, one request at a time over one connection, each round in random order: whatever else the
 * machine does meets all of them.
 *
 * @throws Error when a good key is refused, another is not, or two refusals differ
 */
export async function measureRefusals(connection: Connection, keys: PresentedKeys): Promise<Refusals> {
  const kinds = Object.keys(keys) as Kind[]
  const took: Record<string, number[]> = Object.fromEntries(kinds.map((kind) => [kind, []]))
  const statuses: Record<string, number> = {}
  let refusal: object | undefined
  for (let round = 0; round < first + asked; round++) {
    for (const kind of shuffled(kinds)) {
      const headers = { host: connection.host, authorization: `Bearer ${keys[kind]}` }
      const request = message('GET', '/v1/tenant', headers)
      const began = performance.now()
      const { status, body } = await connection.send(request)
      const milliseconds = performance.now() - began
      if (round >= first) took[kind]?.push(milliseconds)
      statuses[kind] = status
      if (status !== (kind === 'good key' ? 200 : 401)) throw new Error(`A ${kind} was answered ${status}: ${body}`)
      if (status === 200) continue
      const { requestId: _, ...problem } = JSON.parse(body) as Record<string, unknown>
      refusal ??= problem
      if (!isDeepStrictEqual(problem, refusal)) throw new Error(`A ${kind} was answered otherwise: ${body}`)
    }
  }
  const answered = (kind: Kind) => ({ ...spread(took[kind] ?? []), status: statuses[kind] ?? 0 })
  return Object.fromEntries(kinds.map((kind) => [kind, answered(kind)])) as Refusals
}

function spread(values: number[]): Omit<Answered, 'status'> {
  const sorted = values.toSorted((one, other) => one - other)
  const at = (part: number) => sorted[Math.round((sorted.length - 1) * part)] ?? 0
  return { median: at(0.5), from: at(0.25), to: at(0.75) }
}

function shuffled<Item>(items: Item[]): Item[] {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .sort((one, other) => one.order - other.order)
    .map(({ item }) => item)
}
