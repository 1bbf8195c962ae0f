/** A request as the log has it. Never a body, a header or a secret. */
export interface LogRow {
  /** Of the request, which says when it began. */
  id: string
  status: number
  /** From its arrival at the API to its answer. */
  milliseconds: number
  /** Null where there is none at the path. */
  operation: string | null
  /** Method and path, with names in place of what stands for one thing: `GET /v1/keys/:id`. */
  call: string
  /** The API key, or the OAuth client. */
  askerId: string
  /** Null where it is not known. */
  address: string | null
  /** Whom it is about, as far as that is known. */
  userId: string | null
  username: string | null
  /** Of a refusal: its code. */
  code: string | null
  /** Why: the first check that failed, else the code. */
  reason: string | null
  detail: string | null
  /** Of a check whose values are for anybody to know, such as the origin. */
  expected: string | null
  actual: string | null
  /** Of its body, as its length was told; left out, as what follows, where it is not known. */
  bytes?: number | undefined
  /** How many requests its bucket has in a minute, and how many this one left of them. */
  limit?: number | undefined
  left?: number | undefined
  /** Of a credential that did not verify: how many checks failed, and of how many. */
  failed?: number | undefined
  checks?: number | undefined
}

/** The requests of many rows that were written together; of each, what is null at the end is left out. */
export function written(rows: readonly LogRow[]): string {
  return JSON.stringify(rows.map(cells))
}

function cells(row: LogRow): unknown[] {
  const common = [row.id, row.status, measures(row), row.operation, row.call, row.askerId, row.address]
  if (row.code !== null) {
    return [...common, row.userId, row.username, row.code, row.reason, row.detail, row.expected, row.actual]
  }
  return row.username === null && row.userId === null ? common : [...common, row.userId, row.username]
}

/** How long it took, and what else was measured. */
function measures({ milliseconds, bytes, limit, left, failed, checks }: LogRow): Measures {
  if (checks !== undefined) return [milliseconds, bytes ?? null, limit ?? null, left ?? null, failed, checks]
  return bytes === undefined && limit === undefined ? milliseconds : [milliseconds, bytes ?? null, limit, left]
}

type Measured = number | null | undefined
type Measures =
  | number
  | [milliseconds: number, bytes?: Measured, limit?: Measured, left?: Measured, failed?: Measured, checks?: Measured]

/** What `written` wrote. */
export function read(text: string): LogRow[] {
  return (JSON.parse(text) as Cells[]).map(rowOf)
}

/** What `written` wrote, each row as a text of its own: most are not looked into. */
export function linesOf(text: string): string[] {
  const lines: string[] = []
  for (let from = 1; from < text.length - 1; ) {
    const end = endOfLine(text, from)
    lines.push(text.slice(from, end))
    from = end + 1
  }
  return lines
}

/**
 * Where the line ends that begins there: before one that begins with an id. Within a text of a row there is a backslash before
 * each quotation mark; behind one that ends the text is no id.
 */
function endOfLine(text: string, from: number): number {
  let next = text.indexOf('],["', from)
  while (next !== -1 && /[,\]]/.test(text.charAt(next + 4))) next = text.indexOf('],["', next + 4)
  return next === -1 ? text.length - 1 : next + 1
}

/** The row of a line. */
export function readLine(line: string): LogRow {
  return rowOf(JSON.parse(line))
}

/** Whether a line is of a request that was refused, or failed. */
export function isRefusedLine(line: string): boolean {
  // Behind its id.
  return line.charAt(line.indexOf('",') + 2) >= '4'
}

type Cells = [
  ...[id: string, status: number, measures: Measures, operation: string | null, call: string, askerId: string],
  ...[address: string | null, userId?: string | null, username?: string | null, code?: string, reason?: string],
  ...[detail?: string | null, expected?: string | null, actual?: string | null],
]

function rowOf(cells: Cells): LogRow {
  const [id, status, measured, operation, call, askerId, address, userId = null, username = null, ...why] = cells
  const [code = null, reason = null, detail = null, expected = null, actual = null] = why
  const [milliseconds, ...more] = typeof measured === 'number' ? ([measured] as const) : measured
  const [bytes, limit, left, failed, checks] = more.map((value) => value ?? undefined)
  return {
    ...{ bytes, limit, left, failed, checks },
    ...{ id, status, milliseconds, operation, call, askerId, address, userId, username },
    ...{ code, reason, detail, expected, actual },
  }
}

/** Whether a request was refused, or failed. */
export function isRefused({ status }: Pick<LogRow, 'status'>): boolean {
  return status >= 400
}
