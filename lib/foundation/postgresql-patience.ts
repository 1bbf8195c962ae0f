/** How long a PostgreSQL server is waited for, in milliseconds. */
export interface Patience {
  /** For a connection: one that is free, or a new one. */
  connect: number
  /** For the answer of a query: then it is cancelled, and soon after that it is given up. */
  cancel: number
  query: number
  /** How long a query runs before it is asked whether the server is there; it is looked at so often. */
  running: number
  between: number
  /** For a new connection, when that is asked. */
  there: number
}

/**
 * The patience with a server that an address names. Where it says nothing, whoever asks a server that is away or hangs is
 * answered within two seconds: a connection is there in less, and a query on one ends after `between` + `running` + `there`.
 * `connect_timeout`, in seconds, as PostgreSQL's own programs read it, is for a server that is far away or busy.
 */
export function patienceOf(url: string): Patience {
  const seconds = Number(new URL(url).searchParams.get('connect_timeout'))
  const asked = seconds > 0 ? seconds * 1_000 : undefined
  return { connect: asked ?? 1_500, cancel: 8_000, query: 10_000, running: 600, between: 200, there: asked ?? 800 }
}
