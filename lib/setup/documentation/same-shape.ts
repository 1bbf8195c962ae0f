/** Members whose value is a promise, and not only their kind. */
const promised = new Set(['code', 'status', 'environment', 'outcome', 'event', 'amr', 'scopes'])

/**
 * Where what was printed is not what a page says: of JSON the kind of each member, and the values of those that software
 * relies on; of text each line, where `…` stands for anything. A member `"…"` allows for others.
 *
 * @returns undefined where it is the same
 */
export function difference(said: { language: string; text: string }, printed: string): string | undefined {
  if (said.language !== 'json') return ofLines(said.text, printed)
  try {
    return ofValues(JSON.parse(said.text), JSON.parse(printed), '$')
  } catch (error) {
    return `${(error as Error).message}: ${printed}`
  }
}

function ofLines(said: string, printed: string): string | undefined {
  const [expected, actual] = [said, printed].map((text) => text.trimEnd().split('\n'))
  for (const [at, line] of (expected ?? []).entries()) {
    const pattern = line.trimEnd().split('…').map(RegExp.escape).join('.*')
    if (!new RegExp(`^${pattern}$`).test(actual?.[at]?.trimEnd() ?? '')) return `“${line}” is “${actual?.[at] ?? ''}”`
  }
  return expected?.length === actual?.length ? undefined : `It is ${actual?.length} lines:\n${printed}`
}

function ofValues(said: unknown, actual: unknown, path: string): string | undefined {
  if (kindOf(said) !== kindOf(actual)) return `${path} is ${kindOf(actual)}, not ${kindOf(said)}`
  if (Array.isArray(said) && Array.isArray(actual)) {
    if (said.length > 0 && actual.length === 0) return `${path} is empty`
    return said.map((item, at) => ofValues(item, actual[at] ?? actual[0], `${path}[${at}]`)).find(Boolean)
  }
  if (kindOf(said) !== 'object') return undefined
  return ofMembers(said as Record<string, unknown>, actual as Record<string, unknown>, path)
}

function ofMembers(said: Record<string, unknown>, actual: Record<string, unknown>, path: string): string | undefined {
  const { '…': more, ...members } = said
  const unsaid = Object.keys(actual).filter((name) => !(name in members))
  if (more === undefined && unsaid.length > 0) return `${path} has ${unsaid.join(', ')}, too`
  for (const [name, value] of Object.entries(members)) {
    if (!(name in actual)) return `${path} has no ${name}`
    if (promised.has(name) && JSON.stringify(value) !== JSON.stringify(actual[name]))
      return `${path}.${name} is ${JSON.stringify(actual[name])}, not ${JSON.stringify(value)}`
    const found = ofValues(value, actual[name], `${path}.${name}`)
    if (found) return found
  }
  return undefined
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
}
