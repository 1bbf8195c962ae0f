import type { Environment } from '#lib/contract/environment.ts'

/** The page of the requests that a figure counts: those of a filter, in its range. */
export function logsOf(
  environment: Environment,
  range: { from: string; to: string },
  filter: Record<string, string | undefined>,
): string {
  const query = new URLSearchParams(environment === 'live' ? { environment } : {})
  for (const [name, value] of Object.entries({ ...filter, from: range.from, to: range.to })) {
    if (value) query.set(name, value)
  }
  return `/console/logs?${query}`
}
