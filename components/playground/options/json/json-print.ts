const room = 46

/** JSON as people write it: what is short stands on one line, what the outermost objects have on lines of their own. */
export function printJson(value: unknown): string {
  return print(value, 0, 0)
}

function print(value: unknown, depth: number, taken: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const list = Array.isArray(value)
  const [open, close] = list ? ['[', ']'] : ['{', '}']
  const entries = list ? value.map((each) => ['', each] as const) : Object.entries(value)
  const named = (name: string) => (list ? '' : `${JSON.stringify(name)}: `)
  if (!entries.length) return open + close
  if (depth > 1 || (list && depth)) {
    const inner = entries.map(([name, each]) => named(name) + print(each, deep, 0)).join(', ')
    const line = list ? open + inner + close : `${open} ${inner} ${close}`
    if (depth === deep || (!line.includes('\n') && taken + line.length <= room)) return line
  }
  const indent = '  '.repeat(depth + 1)
  const lines = entries.map(([name, each]) => {
    const start = indent + named(name)
    return start + print(each, depth + 1, start.length)
  })
  return `${open}\n${lines.join(',\n')}\n${'  '.repeat(depth)}${close}`
}

/** Inside a line: never broken. */
const deep = 99
