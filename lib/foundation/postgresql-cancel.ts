import pg from 'pg'

/** What the driver has of a connection, and its types do not: the query that is under way, and how another one cancels it. */
interface Inner {
  _activeQuery?: object | null
  processID: number
  secretKey: number
  host: string
  port: number
  connection: NodeJS.EventEmitter & {
    connect(port: number | string, host?: string): void
    cancel(processID: number, secretKey: number): void
  }
}

const innerOf = (client: pg.ClientBase) => client as unknown as Inner

/** The query that a connection has under way, to be told from the next one. */
export function queryOf(client: pg.ClientBase): object | undefined {
  return innerOf(client)._activeQuery ?? undefined
}

/**
 * Asks the server to cancel what a connection has under way: it fails there, as 57014, unless it was done by then, and whoever
 * waits for it learns which. To give it up here alone would have it done later, once a lock is gone.
 *
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 */
export function cancel(client: pg.ClientBase, connectionString: string): void {
  const { processID, secretKey } = innerOf(client)
  const { host, port, connection } = innerOf(new pg.Client({ connectionString }))
  // A server that is not there is noticed elsewhere.
  connection.on('error', () => {})
  connection.once('connect', () => connection.cancel(processID, secretKey))
  if (host.startsWith('/')) connection.connect(`${host}/.s.PGSQL.${port}`)
  else connection.connect(port, host)
}
