import { isLoopback, relatedTo } from '#lib/webauthn/origin.ts'
import { labelOf, maxLabels } from '#lib/webauthn/related-origins.ts'
import type { CallerTenant } from '../caller.ts'
import { env } from '../env.ts'
import { Problem } from '../problem.ts'
import { relyingPartyOf } from './relying-party.ts'
import * as store from './store.ts'

// The document of related origins that this server serves for its own RP ID. Tenants that keep this RP ID share it, and
// with it the few names that browsers read of it.

type Chosen = Pick<CallerTenant, 'id' | 'name' | 'rpId' | 'rpName' | 'origins'>

/**
 * The origins that may use passkeys of this server's own RP ID though they lie outside its domain: of every tenant that
 * has this RP ID, and this server's own. Tenants take turns, so that whoever was first does not come first with all of
 * theirs. Each tenant still takes answers from its own origins only.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-related-origins
 */
export async function relatedOrigins(): Promise<{ origins: string[] }> {
  return { origins: documentOf(await store.list()) }
}

/**
 * Refuses a tenant's new relying party where the document would come to name more than browsers read: some tenant's pages
 * would be shut out and nobody told. What was too much before may stay.
 *
 * @throws Problem invalid_request
 */
export async function keepToLabels(tx: store.Transaction, after: Chosen, before: Chosen | null): Promise<void> {
  const others = (await store.list(tx)).filter(({ id }) => id !== after.id)
  const taken = new Set(labelsOf(documentOf(others)))
  const had = new Set(before ? labelsOf(documentOf([...others, before])) : [])
  const labels = new Set(taken)
  const related = relatedHere(after)
  const issues = relyingPartyOf(after).origins.flatMap((origin, at) => {
    const [label] = related.includes(origin) ? labelsOf([origin]) : []
    if (label === undefined || labels.has(label)) return []
    if (labels.size < maxLabels || had.has(label)) {
      labels.add(label)
      return []
    }
    const path = before?.origins === after.origins ? 'id' : `origins.${at}`
    return [{ path, message: `brings a name too many, “${label}”: ${roomWith(taken.size)}` }]
  })
  refuse(issues)
}

function roomWith(taken: number): string {
  const others = `${taken} ${taken === 1 ? 'is' : 'are'} taken here already`
  return `browsers read ${maxLabels} names of the related origins of ${ownHost()}, and ${others}. An RP ID of your own has all ${maxLabels}`
}

/**
 * Refuses origins on http: where this server is on https: nobody is offered a passkey there, but on their own machine.
 *
 * @throws Problem invalid_request
 */
export function refuseInsecure(origins: readonly string[]): void {
  if (!env().baseUrl.startsWith('https:')) return
  refuse(
    origins.flatMap((origin, at) =>
      origin.startsWith('http:') && !isLoopback(new URL(origin).hostname)
        ? [{ path: `origins.${at}`, message: `“${origin}” is on http:, and browsers offer passkeys over https: only` }]
        : [],
    ),
  )
}

function refuse(issues: { path: string; message: string }[]): void {
  const [first] = issues
  if (first) throw new Problem('invalid_request', `${first.path}: ${first.message}`, { issues })
}

function documentOf(tenants: readonly Chosen[]): string[] {
  const turns = tenants.map(relatedHere)
  const longest = Math.max(0, ...turns.map(({ length }) => length))
  const origins = Array.from({ length: longest }, (_, turn) =>
    turns.flatMap((origins) => origins.slice(turn, turn + 1)),
  )
  return [...new Set([new URL(env().baseUrl).origin, ...origins.flat()])]
}

function relatedHere(tenant: Chosen): string[] {
  const party = relyingPartyOf(tenant)
  return party.id === ownHost() ? relatedTo(party) : []
}

function ownHost(): string {
  return new URL(env().baseUrl).hostname
}

/** The names that browsers count, in the order in which they see them. */
function labelsOf(origins: readonly string[]): string[] {
  return [...new Set(origins.flatMap((origin) => labelOf(URL.parse(origin)?.hostname ?? '') ?? []))]
}
