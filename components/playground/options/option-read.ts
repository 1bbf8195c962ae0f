import { algorithmLabel } from '#lib/webauthn/algorithms.ts'
import { fromBase64url } from '#lib/webauthn/decode/bytes.ts'
import type { WebAuthnOption } from '#lib/webauthn/options.ts'
import { mostIds, transports, whyNoId } from './controls/credentials-text.ts'
import { whyNoTimeout } from './controls/milliseconds.ts'
import { misspeltBytes } from './misspelt-bytes.ts'
import { Mistake } from './mistake.ts'

/**
 * An option’s value from its JSON, or why that is none. Algorithms are COSE numbers or `{ type, alg }`, credentials
 * `registered`, `none`, IDs, descriptors, or `{ invented: { count, length, transports } }`.
 */
export function readOption(option: WebAuthnOption, json: unknown): unknown {
  const read = reading[option.kind](option, json)
  return read instanceof Mistake ? new Mistake(read.words, json) : read
}

/** A mistake that does not know yet what is written. */
const wrong = (words: string) => new Mistake(words, undefined)

/** As the contract takes it: a domain that the browser refuses may be asked for. */
const longestRpId = 253

type Reading = (option: WebAuthnOption, json: unknown) => unknown

const reading: Readonly<Record<WebAuthnOption['kind'], Reading>> = {
  choice: readChoice,
  list: (option, json) => readList(option, json, (entry) => entry),
  algorithms: (option, json) => readList(option, json, algorithmOf),
  milliseconds: readMilliseconds,
  text: readRpId,
  bytes: readHandle,
  extension: readExtension,
  credentials: readCredentials,
}

function readChoice({ values = [] }: WebAuthnOption, json: unknown): unknown {
  return values.some(({ value }) => value === json)
    ? json
    : wrong(`${shown(json)} is none of ${values.map(({ value }) => value).join(', ')}.`)
}

function readList({ values = [], kind }: WebAuthnOption, json: unknown, entryOf: (entry: unknown) => unknown): unknown {
  if (!Array.isArray(json)) return wrong(`${shown(json)} is no list.`)
  if (!json.length) return kind === 'algorithms' ? wrong('A list without an algorithm offers nothing.') : []
  const entries = json.map(entryOf)
  const known = new Set<unknown>(values.map(({ value }) => value))
  const entry = entries.find((each) => !known.has(each))
  if (entries.some((each) => !known.has(each))) {
    const named = typeof entry === 'number' ? algorithmLabel(entry) : shown(entry)
    return wrong(`${named} is none of ${values.map(({ value }) => value).join(', ')}.`)
  }
  return entries.length > values.length ? wrong(`At most ${values.length} entries.`) : entries
}

function algorithmOf(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || !('alg' in entry)) return entry
  return 'type' in entry && entry.type !== 'public-key' ? entry : entry.alg
}

function readMilliseconds(_: WebAuthnOption, json: unknown): unknown {
  if (typeof json === 'string') return wrong(`Milliseconds as a number: ${shown(json)} is text.`)
  const why = typeof json === 'number' ? whyNoTimeout(json) : `Milliseconds as a number: ${shown(json)} is none.`
  return why ? wrong(why) : json
}

function readRpId(_: WebAuthnOption, json: unknown): unknown {
  if (typeof json !== 'string') return wrong(`${shown(json)} is no text.`)
  return json.length >= 1 && json.length <= longestRpId ? json : wrong(`It has 1 to ${longestRpId} characters.`)
}

function readHandle(_: WebAuthnOption, json: unknown): unknown {
  const bytes = typeof json === 'string' ? fromBase64url(json) : null
  if (!bytes) return wrong(`${shown(json)} is no base64url.`)
  return bytes.length >= 1 && bytes.length <= 64
    ? json
    : wrong(`A user handle has 1 to 64 bytes; these are ${bytes.length}.`)
}

function readExtension({ path }: WebAuthnOption, json: unknown): unknown {
  if (json === null) return wrong('null is no value: leave the member out.')
  const misspelt = misspeltBytes({ [path.slice(path.indexOf('.') + 1)]: json })
  return misspelt ? wrong(`${misspelt} takes bytes, and is not base64url.`) : json
}

function readCredentials(_: WebAuthnOption, json: unknown): unknown {
  if (json === 'registered' || json === 'none') return json
  if (isDictionary(json) && isDictionary(json.invented)) return readInvented(json.invented)
  if (!Array.isArray(json)) return wrong(`${shown(json)} is none of registered, none, or a list.`)
  if (!json.length) return 'none'
  if (json.length > mostIds) return wrong(`At most ${mostIds} IDs; these are ${json.length}.`)
  const named = json.map(readCredential)
  return named.find((each) => each instanceof Mistake) ?? named
}

function readCredential(json: unknown): unknown {
  const id = isDictionary(json) ? json.id : json
  if (typeof id !== 'string') return wrong(`${shown(json)} names no credential.`)
  const why = whyNoId(id)
  if (why) return wrong(why)
  const ways = isDictionary(json) ? json.transports : undefined
  if (ways === undefined) return id
  const known = transports as readonly unknown[]
  return Array.isArray(ways) && ways.every((way) => known.includes(way))
    ? { id, transports: ways }
    : wrong(`transports are of ${transports.join(', ')}.`)
}

function readInvented({ count, length, transports: ways = [] }: Record<string, unknown>): unknown {
  if (!whole(count, 64)) return wrong('From 1 to 64 IDs are invented.')
  if (!whole(length, 1023)) return wrong('An ID has from 1 to 1,023 bytes.')
  return Array.isArray(ways) && ways.every((way) => (transports as readonly unknown[]).includes(way))
    ? { invented: { count, length, transports: ways } }
    : wrong(`transports are of ${transports.join(', ')}.`)
}

function whole(value: unknown, most: number): boolean {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most
}

function isDictionary(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** JSON in few words. */
function shown(json: unknown): string {
  const text = typeof json === 'string' ? `“${json}”` : (JSON.stringify(json) ?? 'nothing')
  return text.length > 32 ? `${text.slice(0, 31)}…` : text
}
