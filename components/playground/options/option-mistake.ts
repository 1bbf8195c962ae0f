import { beginningOf } from '#lib/webauthn/beginning.ts'
import { fromBase64url } from '#lib/webauthn/decode/bytes.ts'
import { type CeremonyKind, optionAt, type WebAuthnOption, webAuthnOptions } from '#lib/webauthn/options.ts'
import { misspeltBytes } from './misspelt-bytes.ts'
import type { Choices } from './option-values.ts'

/** Stands in an option's place while what is written there cannot be sent. */
export class Mistake {
  /** Why it cannot be sent, as sentences. */
  readonly words: string
  constructor(words: string) {
    this.words = words
  }
}

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

/** What is called by its path, as no entry of the catalogue tells its title. */
function written(path: string): Mistaken['option'] {
  return { path, title: path === 'extensions' ? 'Extensions' : path }
}

function placeOf(path: string): number {
  const place = webAuthnOptions.findIndex((option) => option.path === path)
  return place < 0 ? webAuthnOptions.length : place
}

const longestTimeout = 3_600_000
const longestName = 64
const longestId = 1364
const mostIds = 64

/** A number of milliseconds, undefined where nothing is written, or why it is none. */
export function millisecondsOf(text: string): number | undefined | Mistake {
  if (text.trim() === '') return undefined
  const number = Number(text)
  return Number.isInteger(number) && number >= 1 && number <= longestTimeout
    ? number
    : new Mistake(`It must be a whole number of milliseconds from 1 to ${longestTimeout.toLocaleString('en')}.`)
}

/** Extension inputs from JSON, undefined where nothing is written, or why they are none. */
export function extensionsOf(text: string): Record<string, unknown> | undefined | Mistake {
  if (text.trim() === '') return undefined
  let inputs: unknown
  try {
    inputs = JSON.parse(text)
  } catch (error) {
    return new Mistake(
      `This is not JSON: ${error instanceof Error ? error.message : String(error)}.`.replace('..', '.'),
    )
  }
  if (!inputs || typeof inputs !== 'object' || Array.isArray(inputs)) return new Mistake('It must be a JSON object.')
  const long = Object.keys(inputs).find((name) => name.length > longestName)
  if (long) return new Mistake(`The name ${beginningOf(long, 24)}… has more than ${longestName} characters.`)
  const misspelt = misspeltBytes(inputs)
  return misspelt ? new Mistake(`${misspelt} takes bytes, and is not base64url.`) : (inputs as Record<string, unknown>)
}

/** Credential IDs, divided by white space or commas, or why one of them is none. */
export function credentialIdsOf(text: string): string[] | Mistake {
  const ids = text.split(/[\s,]+/).filter(Boolean)
  const wrong = ids.find((id) => fromBase64url(id) === null)
  if (wrong) return new Mistake(`${wrong.length > 24 ? `${beginningOf(wrong, 24)}…` : wrong} is not base64url.`)
  const long = ids.find((id) => id.length > longestId)
  if (long) return new Mistake(`${long.slice(0, 24)}… has more than 1,023 bytes, which no credential ID has.`)
  return ids.length > mostIds ? new Mistake(`At most ${mostIds} IDs; these are ${ids.length}.`) : ids
}
