/** Says what is wrong with a value from elsewhere, with the place where it stands; undefined where nothing is. */
export type Shape = (value: unknown, at: string) => string | undefined

/** What a test holds of. */
export function is(what: string, test: (value: unknown) => boolean): Shape {
  return (value, at) => (test(value) ? undefined : `${at} is not ${what}`)
}

/** A dictionary with these members; it may have others. */
export function membersOf(shapes: Readonly<Record<string, Shape>>): Shape {
  return (value, at) => {
    if (!isDictionary(value)) return `${at} is not an object`
    return first(Object.entries(shapes), ([name, shape]) => shape(ownOf(value, name), at ? `${at}.${name}` : name))
  }
}

export function listOf(shape: Shape): Shape {
  return (value, at) =>
    Array.isArray(value)
      ? first([...value.entries()], ([index, each]) => shape(each, `${at}[${index}]`))
      : `${at} is not a list`
}

export function optional(shape: Shape): Shape {
  return (value, at) => (value === undefined ? undefined : shape(value, at))
}

export function oneOf(...values: readonly unknown[]): Shape {
  return is(`one of ${values.join(', ')}`, (value) => values.includes(value))
}

export const text: Shape = is('a text', (value) => typeof value === 'string')
export const number: Shape = is('a number', (value) => Number.isFinite(value))
export const flag: Shape = is('true or false', (value) => typeof value === 'boolean')
export const dictionary: Shape = is('an object', isDictionary)

export function orNull(shape: Shape): Shape {
  return (value, at) => (value === null ? undefined : shape(value, at))
}

function first<Item>(items: readonly Item[], mistakeOf: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const mistake = mistakeOf(item)
    if (mistake) return mistake
  }
  return undefined
}

function isDictionary(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function ownOf(value: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined
}
