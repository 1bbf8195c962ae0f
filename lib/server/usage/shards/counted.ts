/**
 * All requests that were counted, for the FROM of a query: hours that were added up, and rows of the processes that are not.
 * One query sees each of them once, whatever is added up meanwhile.
 */
export const counted = both(
  ['UsageCount', 'UsageShard'],
  ['tenantId', 'environment', 'hour', 'operation', 'keyId', 'outcome', 'requests', 'peakPerMinute', 'peakConcurrent'],
)

/** Likewise all ceremonies on the sign-in's own pages. */
export const countedOnPages = both(
  ['PageCeremony', 'PageShard'],
  ['tenantId', 'environment', 'hour', 'operation', 'outcome', 'requests'],
)

function both(tables: readonly string[], columns: readonly string[]): string {
  const names = columns.map((column) => `"${column}"`).join(', ')
  return `(${tables.map((table) => `SELECT ${names} FROM "${table}"`).join(' UNION ALL ')}) AS "Counted"`
}
