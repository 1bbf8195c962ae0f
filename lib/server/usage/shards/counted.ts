const columns = ['tenantId', 'environment', 'hour', 'operation', 'keyId', 'outcome', 'requests']
  .map((column) => `"${column}"`)
  .join(', ')

/**
 * All requests that were ever counted, for the FROM of a query: hours that were added up, and rows of the processes that are not.
 * One query sees each of them once, whatever is added up meanwhile. For whoever goes through all of them; what is asked of a place
 * is read from sums.
 */
export const counted = `(SELECT ${columns} FROM "UsageCount" UNION ALL SELECT ${columns} FROM "UsageShard") AS "Counted"`
