import { Mistake } from '../mistake.ts'

/** A dictionary in which a member is written wrong, as one mistake that says which; any other value as it is. */
export function withoutMistakes(name: string, value: unknown): unknown {
  const found = mistakesOf(name, value)[0]
  return found ? new Mistake(`${found.path}: ${found.mistake.words}`, written(value)) : value
}

function mistakesOf(path: string, value: unknown): { path: string; mistake: Mistake }[] {
  if (value instanceof Mistake) return [{ path, mistake: value }]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return Object.entries(value).flatMap(([name, inner]) => mistakesOf(`${path}.${name}`, inner))
}

function written(value: unknown): unknown {
  if (value instanceof Mistake) return value.written
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, written(inner)]))
}
