import type { RelyingPartyUpdate, RelyingPartyView } from '#lib/contract/console.ts'
import { whyNoOrigin } from '#lib/webauthn/origin.ts'

/** What is in the form's fields. */
export interface Draft {
  name: string
  id: string
  origins: string[]
}

export function draftOf({ name, id, origins }: RelyingPartyView): Draft {
  return { name, id, origins: [...origins] }
}

/** The same with one origin more, as a link asks for it: nothing is saved by that. */
export function withOrigin(draft: Draft, origin: string | null): Draft {
  if (!origin || whyNoOrigin(origin) || draft.origins.includes(origin)) return draft
  return { ...draft, origins: [...draft.origins, origin] }
}

/** What would hold once the draft is saved: what is empty is as it is by default. */
export function heldBy(draft: Draft, { defaults }: Pick<RelyingPartyView, 'defaults'>): Draft {
  const origins = [...new Set(draft.origins.map(asOrigin).filter(Boolean))]
  return {
    name: draft.name.trim() || defaults.name,
    id: draft.id.trim().toLowerCase() || defaults.id,
    origins: origins.length ? origins : defaults.origins,
  }
}

/** What differs from what is saved, as the server takes it: a default is not stored, so that it can follow the server. */
export function changesOf(draft: Draft, { defaults, ...saved }: RelyingPartyView): RelyingPartyUpdate {
  const wanted = heldBy(draft, { defaults })
  const same = (one: string[], other: string[]) =>
    one.length === other.length && one.every((each, at) => each === other[at])
  return {
    ...(wanted.name === saved.name ? {} : { name: wanted.name === defaults.name ? null : wanted.name }),
    ...(wanted.id === saved.id ? {} : { id: wanted.id === defaults.id ? null : wanted.id }),
    ...(same(wanted.origins, saved.origins)
      ? {}
      : { origins: same(wanted.origins, defaults.origins) ? null : wanted.origins }),
  }
}

/** An address as an origin where it is a web address, else as it was typed: “https://a.example/path” loses its path. */
export function asOrigin(text: string): string {
  const plain = text.trim()
  if (!/^https?:\/\//i.test(plain) || !URL.canParse(plain)) return plain
  return new URL(plain).origin
}
