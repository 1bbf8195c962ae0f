import { type ErrorCode, errors } from '#lib/contract/errors.ts'
import { env } from '../env.ts'
import type { RefusedEvent, StoredEvent } from './store.ts'

/** How long the usage service has to answer, in milliseconds. */
const patience = 10_000
const longestReason = 512

/** What became of events: those that are counted, and those that never will be. */
export interface Delivered {
  taken: StoredEvent[]
  refused: RefusedEvent[]
}

/** The answer of a usage service that says nothing of the events: it is away, or does not let this server in. */
export class NotDelivered extends Error {
  override name = 'NotDelivered'
  readonly status: number

  constructor(status: number, text: string) {
    super(`Usage was answered ${status}: ${text.slice(0, longestReason)}`)
    this.status = status
  }
}

/**
 * Sends events to the usage service, which takes a batch whole or not at all. Those that it names as wrong are left out, and
 * the others are sent again; where it names none, the batch goes in halves until the one is found.
 *
 * Where nothing at all is taken, an answer that is not in the service’s own words blames no event: something else answers.
 *
 * @throws NotDelivered, and what `fetch` throws where nobody answers; what was taken by then is known by its id
 */
export async function deliver(events: StoredEvent[]): Promise<Delivered> {
  const foreign: NotDelivered[] = []
  const delivered = await sorted(events)
  const [answer] = foreign
  if (answer && delivered.taken.length === 0) throw answer
  return delivered

  async function sorted(some: StoredEvent[]): Promise<Delivered> {
    const answer = await post(some)
    const text = await answer.text()
    if (answer.ok) return { taken: some, refused: [] }
    const failure = new NotDelivered(answer.status, text)
    if (answer.status !== 400 && answer.status !== 413) throw failure
    const problem = problemOf(text)
    const [first] = some
    if (first && some.length === 1) {
      if (!problem) foreign.push(failure)
      return { taken: [], refused: [{ id: first.id, reason: reasonOf(problem, failure) }] }
    }
    const named = namedIn(problem, some)
    if (named.size === 0) {
      const half = Math.ceil(some.length / 2)
      return both(await sorted(some.slice(0, half)), await sorted(some.slice(half)))
    }
    const refused = [...named].map(([id, reason]) => ({ id, reason }))
    const others = some.filter(({ id }) => !named.has(id))
    return both({ taken: [], refused }, others.length > 0 ? await sorted(others) : { taken: [], refused: [] })
  }
}

function post(events: StoredEvent[]): Promise<Response> {
  const { url, token } = env().usage
  return fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents-batch+json' },
    body: `[${events.map(({ event }) => event).join(',')}]`,
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  })
}

interface Problem {
  detail: string
  issues: { path: string; message: string }[]
}

/** The usage service’s own refusal (RFC 9457, with a code of the contract); undefined for whatever else answers. */
function problemOf(text: string): Problem | undefined {
  try {
    const { code, detail, issues } = JSON.parse(text) as Partial<Problem> & { code?: ErrorCode }
    if (!code || !Object.hasOwn(errors, code)) return undefined
    return { detail: String(detail), issues: Array.isArray(issues) ? issues : [] }
  } catch {
    return undefined
  }
}

/** Which events a refusal names, by the place of each in the batch (`3.data.tenantId`), and why. */
function namedIn(problem: Problem | undefined, events: StoredEvent[]): Map<string, string> {
  const named = new Map<string, string>()
  for (const { path, message } of problem?.issues ?? []) {
    const [, at, member] = /^(\d+)(?:\.(.+))?$/.exec(String(path)) ?? []
    const event = events[Number(at)]
    if (event && !named.has(event.id)) named.set(event.id, short(member ? `${member}: ${message}` : message))
  }
  return named
}

function reasonOf(problem: Problem | undefined, failure: NotDelivered): string {
  const [issue] = problem?.issues ?? []
  if (!problem) return failure.message
  return short(issue ? `${issue.path.replace(/^0\./, '')}: ${issue.message}` : problem.detail)
}

function short(text: string): string {
  return text.slice(0, longestReason)
}

function both(one: Delivered, other: Delivered): Delivered {
  return { taken: [...one.taken, ...other.taken], refused: [...one.refused, ...other.refused] }
}
