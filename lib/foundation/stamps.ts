import type { SqlQuery } from '@prisma/driver-adapter-utils'

// Dates are kept as text, and SQL compares texts: they sort as time does only while every year has four digits. PostgreSQL has no
// year 0.
const sorts = /^(?!0000)\d{4}-/

/**
 * A moment as it is stored.
 *
 * @throws RangeError for one outside the years 1 to 9999, and for none
 */
export function stampOf(date: Date): string {
  const text = date.toISOString()
  if (!sorts.test(text)) throw new RangeError(`${text} is outside the years that sort as text.`)
  return text.replace('Z', '+00:00')
}

/** A date as it is stored, in the meaning that Prisma gives it. */
export function dateOf(stored: string): Date
export function dateOf(stored: string | null): Date | null
export function dateOf(stored: string | null): Date | null {
  return stored === null ? null : new Date(stored)
}

/**
 * A query of Prisma's, which writes its dates as `stampOf` does.
 *
 * @throws RangeError where one of them is outside the years 1 to 9999
 */
export function sortable(query: SqlQuery): SqlQuery {
  query.argTypes.forEach(({ scalarType }, at) => {
    const value = query.args[at]
    if (scalarType === 'datetime' && typeof value === 'string') stampOf(new Date(value))
    else if (value instanceof Date) stampOf(value)
  })
  return query
}
