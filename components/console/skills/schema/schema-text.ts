import type { JsonSchema } from '#lib/contract/skills.ts'

/** A text that should be a JSON object: what it is, or what is wrong and in which line. */
export type Read = { value: JsonSchema } | { mistake: string }

/** Reads what somebody typed as a JSON object. */
export function readObject(text: string): Read {
  const read = readJson(text)
  if ('mistake' in read) return read
  const { value } = read
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value: value as JsonSchema }
  return { mistake: 'Line 1: it has to be an object, in braces.' }
}

/** Reads what somebody typed as JSON. */
export function readJson(text: string): { value: unknown } | { mistake: string } {
  if (text.trim() === '') return { mistake: 'Nothing stands here yet.' }
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { mistake: `Line ${lineOfError((error as Error).message, text)}: here it is no JSON any more.` }
  }
}

/** Browsers say where JSON breaks off: some the position, some the line, and some neither, where it is the end. */
function lineOfError(message: string, text: string): number {
  const line = /line (\d+)/.exec(message)?.[1]
  if (line) return Number(line)
  const position = /position (\d+)/.exec(message)?.[1]
  return text.slice(0, position === undefined ? text.length : Number(position)).split('\n').length
}

/** The line of a text of JSON that a JSON Pointer leads to; that of the last part that is there. */
export function lineOfPointer(text: string, pointer: string): number {
  let at = 0
  for (const part of pointer.split('/').slice(1)) {
    const name = JSON.stringify(part.replaceAll('~1', '/').replaceAll('~0', '~'))
    const next = text.indexOf(name, at)
    if (next >= 0) at = next
  }
  return text.slice(0, at).split('\n').length
}

const types: readonly unknown[] = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']

/** Why no schema can be made from what was read as an example; undefined where one can. */
export function exampleMistake(read: ReturnType<typeof readJson>): string | undefined {
  if ('mistake' in read) return read.mistake
  const { $schema, type } = Object(read.value) as JsonSchema
  if ($schema !== undefined || types.includes(type)) return 'This is a schema already, and no example of the JSON.'
  return undefined
}

/** A schema that an example is of. */
export function schemaOf(example: unknown): JsonSchema {
  if (Array.isArray(example)) return { type: 'array', ...(example.length ? { items: schemaOf(example[0]) } : {}) }
  if (example === null) return { type: 'null' }
  if (typeof example === 'number') return { type: Number.isInteger(example) ? 'integer' : 'number' }
  if (typeof example !== 'object') return { type: typeof example }
  const members = Object.entries(example as object)
  const properties = Object.fromEntries(members.map(([name, member]) => [name, schemaOf(member)]))
  return { type: 'object', properties, required: members.map(([name]) => name), additionalProperties: false }
}

/** An example of a schema, to begin with. */
export function exampleOf(schema: unknown, depth = 0): unknown {
  if (typeof schema !== 'object' || schema === null || depth > 6) return null
  const { type, properties, required, items, enum: choices, examples, anyOf, oneOf, ...rest } = schema as JsonSchema
  if (Array.isArray(examples) && examples.length) return examples[0]
  if ('default' in rest) return rest.default
  if ('const' in rest) return rest.const
  if (Array.isArray(choices)) return choices[0]
  const [one] = [anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list : []))
  if (one) return exampleOf(one, depth + 1)
  switch (Array.isArray(type) ? type[0] : type) {
    case 'string':
      return exampleText(rest)
    case 'integer':
    case 'number':
      return exampleNumber(rest)
    case 'boolean':
      return true
    case 'array':
      return items ? Array(Math.min(numberOf(rest.minItems, 1) || 1, 20)).fill(exampleOf(items, depth + 1)) : []
    case 'null':
      return null
    default: {
      const needed = Array.isArray(required) ? required : []
      const members = Object.entries((properties ?? {}) as JsonSchema).filter(([name]) => needed.includes(name))
      return Object.fromEntries(members.map(([name, member]) => [name, exampleOf(member, depth + 1)]))
    }
  }
}

function exampleText({ description, minLength, maxLength }: JsonSchema): string {
  const text = typeof description === 'string' ? '…' : 'text'
  return text.padEnd(Math.min(numberOf(minLength, 0), 2_000), '…').slice(0, numberOf(maxLength, 2_000))
}

function exampleNumber({ minimum, exclusiveMinimum, maximum }: JsonSchema): number {
  const least = numberOf(minimum, numberOf(exclusiveMinimum, 0) + 1)
  return Math.min(least, numberOf(maximum, least))
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}

/** JSON as people read it. */
export function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2)
}
