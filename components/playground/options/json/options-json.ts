import { type CeremonyKind, optionsOf, type WebAuthnOption } from '#lib/webauthn/options.ts'
import { Mistake } from '../mistake.ts'
import { readOption } from '../option-read.ts'
import { type OptionValues, soundValues } from '../option-values.ts'
import { printJson } from './json-print.ts'
import { lineAt, scanJson } from './json-scan.ts'

/** The path under which a whole text that is no JSON stands, as a mistake. */
export const wholeText = ''

/**
 * What a ceremony's choices ask for, as the members of `publicKey` in WebAuthn's names, with `mediation` beside them; what
 * is written wrong stands there as it is written.
 */
export function jsonOf(ceremony: CeremonyKind, values: OptionValues): Record<string, unknown> {
  const options = optionsOf(ceremony)
  const known = options.map(({ path }) => path)
  const paths = [...known, ...Object.keys(values).filter((path) => path !== wholeText && !known.includes(path))]
  const json = new Map<string, unknown>()
  for (const path of paths) {
    if (values[path] === undefined) continue
    const value = writtenOption(
      options.find((option) => option.path === path),
      values[path],
    )
    const [head, leaf] = divided(path)
    if (leaf === undefined) json.set(head, value)
    else json.set(head, { ...(json.get(head) as object | undefined), [leaf]: value })
  }
  return Object.fromEntries(json)
}

/** The same as text; the text itself where it is no JSON. */
export function textOf(ceremony: CeremonyKind, values: OptionValues): string {
  const whole = values[wholeText]
  return whole instanceof Mistake ? String(whole.written) : printJson(jsonOf(ceremony, values))
}

/**
 * The choices that a text stands for. Members that nobody here knows are kept under their path. A text that is no JSON
 * leaves the choices as they were, with a mistake that says where it breaks off.
 */
export function valuesOf(ceremony: CeremonyKind, text: string, before: OptionValues): OptionValues {
  const { fault } = scanJson(text)
  if (fault) return withWhole(before, new Mistake(`Line ${lineAt(text, fault.at)}: ${fault.words}.`, text))
  const json: unknown = JSON.parse(text)
  if (!isDictionary(json)) return withWhole(before, new Mistake('Line 1: it must be a JSON object.', text))
  const members = isDictionary(json.publicKey) ? { ...json, ...json.publicKey, publicKey: undefined } : json
  const options = optionsOf(ceremony)
  const values: [string, unknown][] = []
  for (const [name, value] of Object.entries(members)) {
    if (value === undefined) continue
    if (!options.some(({ path }) => path.startsWith(`${name}.`))) values.push([name, value])
    else if (isDictionary(value)) {
      for (const [leaf, inner] of Object.entries(value)) values.push([`${name}.${leaf}`, inner])
    } else values.push([name, new Mistake(`${name} must be an object.`, value)])
  }
  return Object.fromEntries(
    values.map(([path, value]) => {
      const option = options.find((each) => each.path === path)
      return [path, option && !(value instanceof Mistake) ? readOption(option, value) : value]
    }),
  )
}

/** What else was written wrong stood in another text. */
function withWhole(before: OptionValues, mistake: Mistake): OptionValues {
  return { ...soundValues(before), [wholeText]: mistake }
}

function writtenOption(option: WebAuthnOption | undefined, value: unknown): unknown {
  if (value instanceof Mistake) return value.written
  if (!Array.isArray(value)) return value
  if (option?.kind === 'algorithms') return value.map((alg) => ({ alg, type: 'public-key' }))
  if (option?.kind === 'credentials')
    return value.map((named) => ({ ...(typeof named === 'string' ? { id: named } : named), type: 'public-key' }))
  return value
}

/** A path's outer name, and what stands behind its first dot. */
function divided(path: string): [string, string | undefined] {
  const dot = path.indexOf('.')
  return dot < 1 ? [path, undefined] : [path.slice(0, dot), path.slice(dot + 1)]
}

function isDictionary(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
