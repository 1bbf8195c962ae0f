/** The greater one of what a table keeps and what comes, in an ON CONFLICT: a maximum of two is something else to each engine. */
export function greater(table: string, column: string): string {
  return `CASE WHEN excluded."${column}" > "${table}"."${column}" THEN excluded."${column}" ELSE "${table}"."${column}" END`
}
