import type { ScopeAsked } from '#lib/contract/oauth.ts'
import { followsFrom, type OAuthScope, ownScopes, wordsOf, wordsOfResource } from '#lib/contract/oauth-scopes.ts'
import type { Scope } from '#lib/contract/scopes.ts'
import { Problem } from '../problem.ts'
import { dearestOf } from '../skills/find-skill.ts'
import { type Asked, askedFor, identityOf, keptOf } from './consent.ts'
import type { Open } from './open-interaction.ts'
import { callerOfClient } from './own-pages.ts'
import * as store from './store.ts'

/** What a consent page asks a user to allow. */
export interface Question {
  asked: Asked
  /** What of it they allowed before: that goes on elsewhere, and is not in question. */
  before: Asked
  /** Of the rest, what they may leave out. */
  optional: ReadonlySet<string>
}

/** What an interaction asks a user. */
export async function questionOf({ interaction, client }: Open, userId: string | undefined): Promise<Question> {
  const { scope, resource } = interaction.params
  const scopes = typeof scope === 'string' ? scope.split(' ') : []
  const open = scopes.filter((one) => client.scopes.includes(one))
  const ofResource = open.filter((one) => !identityOf([one]).length && !ownScopes.includes(one as Scope))
  const resources = [resource].flat().filter((one) => typeof one === 'string')
  const asked = askedFor(identityOf(open), Object.fromEntries(resources.map((one) => [one, ofResource])))
  const allowed = userId ? await store.findConsent(userId, client.id) : {}
  const before = keptOf(asked, (at, one) => allowed[at]?.includes(one) === true)
  const fresh = scopesOf(keptOf(asked, (at, one) => !before[at]?.includes(one)))
  return { asked, before, optional: new Set(fresh.filter((one) => client.optionalScopes.includes(one))) }
}

/** All scopes that are asked for, each once. */
export function scopesOf(asked: Asked): string[] {
  return [...new Set(Object.values(asked).flat())]
}

/**
 * What a user allows who leaves some of it out.
 *
 * @throws Problem invalid_request for what is needed or not asked for, and where nothing would be left
 */
export function allowedWithout({ asked, before, optional }: Question, leftOut: readonly string[]): Asked {
  const other = leftOut.find((name) => !optional.has(name))
  if (other !== undefined) {
    const message = `names ${JSON.stringify(other)}, which cannot be left out here`
    throw new Problem('invalid_request', `leftOut ${message}.`, { issues: [{ path: 'leftOut', message }] })
  }
  const allowed = keptOf(asked, (at, one) => before[at]?.includes(one) || !leftOut.includes(one))
  if (scopesOf(allowed).length > 0) return allowed
  throw new Problem('invalid_request', 'Nothing would be allowed: leave something on, or press Deny.')
}

/** The rows of the page: who the user is goes first, what can cost them last. */
export async function rowsOf(question: Question, { client }: Open): Promise<ScopeAsked[]> {
  const { asked, before, optional } = question
  const names = scopesOf(asked)
  const dearest = names.includes('skills:execute') ? await dearestOf(callerOfClient(client)) : 0
  const about = {
    tenant: client.tenant.brandName ?? client.tenant.name,
    environment: client.environment,
    dearest,
  }
  const rows = names.flatMap((scope) => {
    const row = (state: ScopeAsked['state'], of: Asked): ScopeAsked[] => {
      const places = Object.keys(of).filter((at) => of[at]?.includes(scope))
      if (places.length === 0) return []
      const at = places.filter(Boolean).map(wordsOfResource).join(' and ') || null
      const follows = followsFrom(scope as OAuthScope, about)
      return [{ scope, words: wordsOf(scope as OAuthScope), at, state, follows }]
    }
    const fresh = keptOf(asked, (at, one) => !before[at]?.includes(one))
    return [...row('allowed', before), ...row(optional.has(scope) ? 'optional' : 'needed', fresh)]
  })
  const heavy = ({ follows }: ScopeAsked) => follows !== null
  return [...rows.filter((row) => !heavy(row)), ...rows.filter(heavy)]
}
