import type { InteractionView, ScopeAsked } from '#lib/contract/oauth.ts'

/** One line of the consent page: a scope, or the needed ones of who the user is together. */
export interface Line extends Pick<ScopeAsked, 'scope' | 'words' | 'at' | 'state' | 'follows'> {
  /** Said below it. */
  note: string | null
}

export interface Asked {
  light: Line[]
  heavy: Line[]
  /** What was allowed before, where something else is in question: said in one line. */
  before: Line[]
  /** Whether some of it was allowed before, so that what is new is marked. */
  marked: boolean
}

/**
 * What is asked for, as it weighs: who the user is in one line, what can cost them apart. What they allowed before is not
 * asked again, but where a device waits for the answer: whoever typed its code may not have begun that.
 */
export function weigh({ scopes, returnsTo }: Pick<InteractionView, 'scopes' | 'returnsTo'>): Asked {
  const marked = scopes.some(({ state }) => state === 'allowed')
  const short = returnsTo !== null && scopes.some(({ state }) => state !== 'allowed')
  const lines = identityInOne(scopes)
  const shown = short ? lines.filter(({ state }) => state !== 'allowed') : lines
  return {
    light: shown.filter(({ follows }) => follows === null),
    heavy: shown.filter(({ follows }) => follows !== null),
    before: short ? lines.filter(({ state }) => state === 'allowed') : [],
    marked,
  }
}

const known: Record<string, string> = { openid: 'user id', profile: 'username, display name' }

function identityInOne(scopes: readonly ScopeAsked[]): Line[] {
  const lines = scopes.map((scope) => ({ ...scope, note: noteOn(scope) }))
  const merged: Line[] = []
  for (const line of lines) {
    const first = merged.find(({ scope, state }) => Object.hasOwn(known, scope) && state === line.state)
    if (line.state === 'optional' || !Object.hasOwn(known, line.scope)) merged.push(line)
    else if (!first) merged.push({ ...line, words: `Know who you are: ${known[line.scope]}` })
    else first.words = `Know who you are: ${known.profile}, ${known.openid}`
  }
  return merged
}

function noteOn({ scope, state, follows }: ScopeAsked): string | null {
  if (scope !== 'offline_access') return follows
  return state === 'optional' ? 'Until you end it. Off: it ends within an hour.' : 'Until you end it.'
}

/** The scopes that are on at first: all but the heavy ones that can be left out. */
export function onAtFirst({ light, heavy }: Asked): readonly string[] {
  const off = heavy.filter(({ state }) => state === 'optional').map(({ scope }) => scope)
  return [...light, ...heavy].map(({ scope }) => scope).filter((scope) => !off.includes(scope))
}
