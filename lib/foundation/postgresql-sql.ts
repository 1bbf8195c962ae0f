const known = new Map<string, string>()

/** Functions that PostgreSQL has by another name. */
const names: Record<string, string> = { 'instr(': 'strpos(', 'group_concat(': 'string_agg(' }

/**
 * SQL as the stores write it, for PostgreSQL: values that stand as `?` are numbered, and a few functions have its own names.
 * What is quoted stays as it is.
 */
export function postgresqlSql(sql: string): string {
  const found = known.get(sql)
  if (found !== undefined) return found
  let count = 0
  const text = sql.replace(/'(?:[^']|'')*'|"[^"]*"|\?|\b(?:instr|group_concat)\(/g, (part) =>
    part === '?' ? `$${++count}` : (names[part] ?? part),
  )
  // What is made up of parts has no end of texts.
  if (known.size < 2_000) known.set(sql, text)
  return text
}
