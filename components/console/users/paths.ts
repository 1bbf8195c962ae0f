import type { Environment } from '#lib/contract/environment.ts'

/** The page with an environment's users. */
export function usersPath(environment: Environment): string {
  return environment === 'live' ? '/console/users?environment=live' : '/console/users'
}

/** A user's own page. */
export function userPath(id: string, environment: Environment): string {
  return `/console/users/${encodeURIComponent(id)}${environment === 'live' ? '?environment=live' : ''}`
}

/** The requests that were about a user, or the one of an id. */
export function logsPath(environment: Environment, of: { user: string } | { request: string }): string {
  return `/console/logs?${new URLSearchParams({ ...(environment === 'live' ? { environment } : {}), ...of })}`
}
