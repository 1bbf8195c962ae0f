import type pg from 'pg'
import { type Field, rowsOf, type ToRow } from './postgresql-rows.ts'
import type { Statement } from './postgresql-statement.ts'

/** What came of a statement. */
export interface Answer {
  rows: Record<string, unknown>[]
  /** How many rows it changed, or found. */
  changed: number
}

/** A statement that a connection keeps, and how its rows are read; undefined where it has none. */
interface Kept {
  toRow?: ToRow
}

const keptBy = new WeakMap<object, Map<string, Kept>>()

/**
 * Asks several statements in one go, one after the other, and waits once for all. The server takes them as one transaction,
 * unless one is open: the first that fails is the error, and what follows it is not run.
 *
 * @param named whether the connection may keep those that have a name
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING
 */
export function ask(client: pg.ClientBase, statements: readonly Statement[], named: boolean): Promise<Answer[]> {
  return new Promise((resolve, reject) => {
    client.query(new Batch(statements, named, resolve, reject) as unknown as pg.Submittable)
  })
}

/** Makes a connection forget what it keeps, and prepare it anew when it is asked next. */
export function forget(client: pg.ClientBase): void {
  keptBy.delete((client as unknown as { connection: object }).connection)
}

/** What the driver has of a connection and takes of a query, and its types do not. */
interface Connection {
  _send(message: Buffer): void
  parse(statement: { text: string; name: string | undefined }): void
  bind(values: { statement: string | undefined; values: Statement['values'] }): void
  describe(what: { type: 'P' }): void
  execute(): void
  close(what: { type: 'S'; name: string }): void
  sync(): void
}

/** As the driver sees it, one query. */
class Batch {
  readonly #statements: readonly Statement[]
  readonly #named: boolean
  readonly #resolve: (answers: Answer[]) => void
  readonly #reject: (error: Error) => void
  readonly #kept: Kept[] = []
  readonly #answers: Answer[] = []
  #mine: Map<string, Kept> | undefined
  #rows: Answer['rows'] = []
  /** Set by the driver, where it waits only so long. */
  callback: ((error?: Error | null) => void) | undefined

  constructor(...[statements, named, resolve, reject]: BatchParts) {
    this.#statements = statements
    this.#named = named
    this.#resolve = resolve
    this.#reject = reject
  }

  submit(connection: Connection): null {
    const mine = keptBy.get(connection) ?? new Map<string, Kept>()
    keptBy.set(connection, mine)
    this.#mine = mine
    const sent = new Map<string, Kept>()
    // The driver would write each message by itself.
    const messages: Buffer[] = []
    const letter: Connection = Object.create(connection, {
      _send: { value: (message: Buffer) => messages.push(message) },
    })
    for (const statement of this.#statements) {
      const name = this.#named ? statement.name : undefined
      const known = name === undefined ? undefined : (mine.get(name) ?? sent.get(name))
      const kept = known ?? {}
      this.#kept.push(kept)
      if (!known) {
        // Whether an earlier try had it prepared before it failed is not known: to close what is not there does nothing.
        if (name !== undefined) letter.close({ type: 'S', name })
        letter.parse({ text: statement.text, name })
        if (name !== undefined) sent.set(name, kept)
      }
      letter.bind({ statement: name, values: statement.values })
      if (!known) letter.describe({ type: 'P' })
      letter.execute()
    }
    letter.sync()
    connection._send(Buffer.concat(messages))
    return null
  }

  handleRowDescription({ fields }: { fields: Field[] }): void {
    const kept = this.#kept[this.#answers.length]
    if (kept) kept.toRow = rowsOf(fields)
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const toRow = this.#kept[this.#answers.length]?.toRow
    if (toRow) this.#rows.push(toRow(fields))
  }

  handleCommandComplete({ text }: { text: string }): void {
    const at = this.#answers.length
    const [name, kept] = [this.#statements[at]?.name, this.#kept[at]]
    if (this.#named && name !== undefined && kept) this.#mine?.set(name, kept)
    this.#answers.push({ rows: this.#rows, changed: Number(text.slice(text.lastIndexOf(' ') + 1)) || 0 })
    this.#rows = []
  }

  handleReadyForQuery(): void {
    this.callback?.(null)
    this.#resolve(this.#answers)
  }

  handleError(error: Error): void {
    this.callback?.(error)
    this.#reject(error)
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: '' })
  }

  handlePortalSuspended(): void {}
  handleCopyInResponse(): void {}
  handleCopyData(): void {}
}

type BatchParts = [
  statements: readonly Statement[],
  named: boolean,
  resolve: (answers: Answer[]) => void,
  reject: (error: Error) => void,
]
