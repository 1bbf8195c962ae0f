/** An ORDER BY that leaves something to the engine, and what. */
export interface OpenOrder {
  order: string
  leaves: 'which of two alike comes first' | 'where NULL stands'
  sql: string
}

/**
 * The orders of statements that leave something open, in which one engine may not be as another: rows that are alike in all
 * that is sorted by, and NULL, which SQLite has first and PostgreSQL last.
 *
 * @param models the text of `models.prisma`
 */
export function openOrders(models: string, statements: readonly string[]): OpenOrder[] {
  const tables = tablesOf(models)
  return statements.flatMap((statement) => {
    const sql = plain(statement)
    if (exempt.some((those) => sql.includes(those))) return []
    return Array.from(sql.matchAll(/\bORDER BY /g), ({ index }) => ordered(sql, index)).flatMap(({ order, select }) => {
      const leaves = leftOpen(order, select, tables)
      return leaves ? [{ order, leaves, sql }] : []
    })
  })
}

/** Sums over so many of the newest: which of two that began in one millisecond is the last of them is nothing to anybody. */
const exempt = ['SELECT "status", "startedAt" FROM "SkillRun"']

interface Table {
  keys: string[][]
  nullable: Set<string>
}

function tablesOf(models: string): Map<string, Table> {
  const found = Array.from(models.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm), ([, name = '', body = '']) => {
    const keys = [
      ...Array.from(body.matchAll(/^ +(\w+) .*@(?:id|unique)\b/gm), ([, field = '']) => [field]),
      ...Array.from(body.matchAll(/@@(?:id|unique)\(\[([\w, ]+)\]/g), ([, fields = '']) => fields.split(', ')),
    ]
    const nullable = new Set(Array.from(body.matchAll(/^ +(\w+) +\w+\?/gm), ([, field = '']) => field))
    return [name, { keys, nullable }] as const
  })
  return new Map(found)
}

/** As either engine and either client writes it. */
function plain(sql: string): string {
  return sql
    .replaceAll('`', '"')
    .replace(/"?\b(?:main|public)"?\./g, '')
    .replace(/\$\d+/g, '?')
    .replace(/\s+/g, ' ')
}

/** What stands behind an ORDER BY, and the SELECT, with all that is in it, whose it is. */
function ordered(sql: string, at: number): { order: string; select: string } {
  const end = closing(sql, at)
  const order = (sql.slice(at + 'ORDER BY '.length, end).split(/ (?:LIMIT|OFFSET|ROWS|RETURNING)\b/)[0] ?? '').trim()
  let begin = opening(sql, at)
  // Of a window, the rows are those of the SELECT that it stands in.
  if (!sql.slice(begin, at).includes('SELECT')) begin = opening(sql, begin - 2)
  return { order, select: sql.slice(begin, closing(sql, begin)) }
}

function closing(sql: string, from: number): number {
  let depth = 0
  for (let at = from; at < sql.length; at++) {
    if (sql[at] === '(') depth++
    if (sql[at] === ')' && --depth < 0) return at
  }
  return sql.length
}

function opening(sql: string, from: number): number {
  let depth = 0
  for (let at = from; at >= 0; at--) {
    if (sql[at] === ')') depth++
    if (sql[at] === '(' && --depth < 0) return at + 1
  }
  return 0
}

function leftOpen(order: string, select: string, tables: Map<string, Table>): OpenOrder['leaves'] | undefined {
  const parts = order.split(/, (?![^(]*\))/)
  const grouped = / GROUP BY ([^)]*?) ORDER BY /.exec(select)?.[1]
  // Of groups, whatever they are grouped by tells them apart.
  if (grouped?.split(', ').every((part) => parts.some((sorted) => sorted.startsWith(part)))) return undefined
  const those = Array.from(select.matchAll(/"([A-Z]\w+)"/g), ([, name = '']) => tables.get(name)).filter(
    (table) => table !== undefined,
  )
  const bound = Array.from(
    select.matchAll(/"(\w+)" (?:= (?:\?|CAST\(\?)|IN \((?:\?|NULL))|PARTITION BY "(\w+)"/g),
    ([, column, part]) => column ?? part ?? '',
  )
  const columns = parts.map((part) => /"(\w+)"(?: ASC| DESC)?(?: NULLS \w+)?$/.exec(part)?.[1] ?? '')
  // Of what is alike in all that is asked for, either is the same.
  const asked = / (?:DISTINCT )?((?:"\w+"(?:, )?)+) FROM /.exec(select)?.[1]
  if (asked?.split(', ').every((column) => columns.includes(column.slice(1, -1)))) return undefined
  const fixed = new Set([...bound, ...columns])
  if (!those.some(({ keys }) => keys.some((key) => key.every((column) => fixed.has(column)))))
    return 'which of two alike comes first'
  const empty = (column: string) =>
    those.some(({ nullable }) => nullable.has(column)) && !new RegExp(`"${column}" (?:IS NOT NULL|[<>=])`).test(select)
  return parts.some((part, at) => !/NULLS \w+$/.test(part) && empty(columns[at] ?? ''))
    ? 'where NULL stands'
    : undefined
}
