/** Days as a date field has them, the reader's own, both included; empty: not chosen. */
export interface Days {
  from: string
  to: string
}

/** The days that an address asks for; what is no day is not chosen. */
export function daysOf(search: { get(name: string): string | null }): Days {
  const day = (name: string) => {
    const text = search.get(name) ?? ''
    return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : ''
  }
  return { from: day('from'), to: day('to') }
}

/** From the beginning of the first day to the end of the last, as the server takes it. */
export function momentsOf({ from, to }: Days): { from?: string; to?: string } {
  return {
    ...(from ? { from: new Date(`${from}T00:00`).toISOString() } : {}),
    ...(to ? { to: dayAfter(to).toISOString() } : {}),
  }
}

function dayAfter(day: string): Date {
  const date = new Date(`${day}T00:00`)
  date.setDate(date.getDate() + 1)
  return date
}
