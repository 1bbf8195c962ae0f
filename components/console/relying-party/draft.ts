import type { RelyingPartyUpdate, RelyingPartyView } from '#lib/contract/console.ts'

/** What is in the form's fields. */
export interface Draft {
  name: string
  id: string
  origins: string[]
}

export function draftOf({ name, id, origins }: RelyingPartyView): Draft {
  return { name, id, origins: [...origins] }
}

/** What differs from what is saved, as the server takes it: a default is not stored, so that it can follow the server. */
export function changesOf(draft: Draft, { defaults, ...saved }: RelyingPartyView): RelyingPartyUpdate {
  const wanted = { name: draft.name.trim(), id: draft.id.trim().toLowerCase(), origins: draft.origins.filter(Boolean) }
  const same = (one: string[], other: string[]) =>
    one.length === other.length && one.every((each, at) => each === other[at])
  return {
    ...(wanted.name === saved.name ? {} : { name: wanted.name === defaults.name ? null : wanted.name || null }),
    ...(wanted.id === saved.id ? {} : { id: wanted.id === defaults.id ? null : wanted.id || null }),
    ...(same(wanted.origins, saved.origins)
      ? {}
      : { origins: !wanted.origins.length || same(wanted.origins, defaults.origins) ? null : wanted.origins }),
  }
}

/** An address as an origin where it is a web address, else as it was typed: “https://a.example/path” loses its path. */
export function asOrigin(text: string): string {
  const plain = text.trim()
  if (!/^https?:\/\//i.test(plain) || !URL.canParse(plain)) return plain
  return new URL(plain).origin
}

/** How an origin stands to an RP ID. */
export function relationOf(origin: string, id: string): 'inside' | 'related' | 'insecure' | 'malformed' {
  if (!URL.canParse(origin) || new URL(origin).origin !== origin || !/^https?:/.test(origin)) return 'malformed'
  const { hostname, protocol } = new URL(origin)
  if (protocol === 'http:' && hostname !== 'localhost' && !hostname.endsWith('.localhost')) return 'insecure'
  return hostname === id || hostname.endsWith(`.${id}`) ? 'inside' : 'related'
}
