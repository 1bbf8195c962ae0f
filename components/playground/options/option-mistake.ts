import { type CeremonyKind, optionAt, type WebAuthnOption, webAuthnOptions } from '#lib/webauthn/options.ts'
import { Mistake } from './mistake.ts'
import type { Choices } from './option-values.ts'

/** An option that is written wrong. */
export interface Mistaken {
  ceremony: CeremonyKind
  option: Pick<WebAuthnOption, 'path' | 'title'>
  words: string
}

/** The options of a ceremony that are written wrong, in the form's order. It cannot begin while there is one. */
export function mistakesIn(ceremony: CeremonyKind, choices: Choices): Mistaken[] {
  return Object.entries(choices[ceremony])
    .flatMap(([path, value]) =>
      value instanceof Mistake ? [{ ceremony, option: optionAt(path) ?? written(path), words: value.words }] : [],
    )
    .sort((a, b) => placeOf(a.option.path) - placeOf(b.option.path))
}

/** What is called by its path, as no entry of the catalogue tells its title; a whole text that is no JSON has none. */
function written(path: string): Mistaken['option'] {
  return { path, title: path || 'JSON' }
}

function placeOf(path: string): number {
  const place = webAuthnOptions.findIndex((option) => option.path === path)
  return place < 0 ? webAuthnOptions.length : place
}
