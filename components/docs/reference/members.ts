import type { Schema } from './document.ts'

/** A member of a request or an answer, in a line of its own. */
export interface Member {
  /** Its place, as it is said: `options.hints[]`. */
  path: string
  kind: string
  limits: string
  isRequired: boolean
  description: string
}

const deepest = 4

/** The members of a schema and of what is in them, each before what it holds. */
export function membersOf(schema: Schema, path = '', depth = 0): Member[] {
  const { properties = {}, required = [], items, anyOf, oneOf, allOf } = schema
  const own = Object.entries(properties).flatMap(([name, member]) => {
    const place = path ? `${path}.${name}` : name
    const line = { path: place, ...wordsOf(member), isRequired: required.includes(name) }
    return depth < deepest ? [line, ...membersOf(member, place, depth + 1)] : [line]
  })
  const listed = items ? membersOf(items, `${path}[]`, depth + 1) : []
  const either = [...(anyOf ?? []), ...(oneOf ?? []), ...(allOf ?? [])].flatMap((one) => membersOf(one, path, depth))
  const seen = new Set<string>()
  return [...own, ...listed, ...either].filter((member) => !seen.has(member.path) && seen.add(member.path))
}

/** What kind of value a schema is of, and what bounds it. */
export function wordsOf(schema: Schema): Pick<Member, 'kind' | 'limits' | 'description'> {
  return { kind: kindOf(schema), limits: limitsOf(schema).join(', '), description: schema.description ?? '' }
}

function kindOf(schema: Schema): string {
  const { type, items, anyOf, oneOf, const: one, format } = schema
  if (one !== undefined) return JSON.stringify(one)
  const several = anyOf ?? oneOf
  if (several) return [...new Set(several.map(kindOf))].join(' or ')
  if (items) return `array of ${kindOf(items)}`
  const named = [type ?? 'any'].flat().join(' or ')
  return format === 'date-time' || format === 'date' ? named.replace('string', format) : named
}

function limitsOf(schema: Schema): string[] {
  const { enum: values, minimum, maximum, minLength, maxLength, minItems, maxItems, pattern, items } = schema
  // JavaScript's own bounds of whole numbers say nothing.
  const isBound = (bound: number | undefined) => bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER
  return [
    ...(values ? [values.map(String).join(' · ')] : []),
    ...range(isBound(minimum) ? minimum : undefined, isBound(maximum) ? maximum : undefined),
    ...range(minLength, maxLength, 'character'),
    ...range(minItems, maxItems, 'item'),
    ...(pattern && pattern.length < 60 ? [pattern] : []),
    ...(items?.enum ? [items.enum.map(String).join(' · ')] : []),
    ...(schema.default === undefined ? [] : [`${JSON.stringify(schema.default)} by default`]),
  ]
}

function range(from: number | undefined, to: number | undefined, unit = ''): string[] {
  const counted = (number: number) => (unit ? `${number} ${unit}${number === 1 ? '' : 's'}` : String(number))
  if (to === undefined) return from === undefined ? [] : [`at least ${counted(from)}`]
  if (from === to) return [counted(to)]
  return [from === undefined ? `at most ${counted(to)}` : `${from}–${counted(to)}`]
}

/** A body with all that has to be in it, to begin with. */
export function sampleOf(schema: Schema): unknown {
  const { type, properties = {}, required = [], items, anyOf, oneOf, const: one, enum: values } = schema
  if (one !== undefined) return one
  if (values) return values[0]
  const either = (anyOf ?? oneOf)?.[0]
  if (either) return sampleOf(either)
  switch ([type ?? 'object'].flat()[0]) {
    case 'object':
      return Object.fromEntries(required.map((name) => [name, sampleOf(properties[name] ?? {})]))
    case 'array':
      return items && (schema.minItems ?? 0) > 0 ? [sampleOf(items)] : []
    case 'integer':
    case 'number':
      return schema.minimum ?? 1
    case 'boolean':
      return true
    default:
      return ''
  }
}
