import { connect, type Socket } from 'node:net'

/** An HTTP answer, as much of it as a load generator reads. */
export interface Answer {
  status: number
  /** The status line and the headers. */
  head: string
  body: string
}

// Servers close a connection that is idle for some seconds (Node's after five): one this old is not used again.
const staleMilliseconds = 2_000

/**
 * One keep-alive HTTP/1.1 connection that has one request under way at a time, and is opened anew after a rest.
 *
 * A socket and no more: `fetch` and `node:http` would cost the generator more CPU than a bare server spends on its answer,
 * and then the generator is what is measured.
 */
export class Connection {
  /** For the header of that name. */
  readonly host: string
  readonly #url: URL
  #socket: Socket | undefined
  #usedAt = 0
  #received: Buffer[] = []
  #waiting: PromiseWithResolvers<Answer> | undefined

  constructor(baseUrl: string) {
    this.#url = new URL(baseUrl)
    this.host = this.#url.host
  }

  /**
   * Sends what `message` wrote.
   *
   * @throws Error when the connection breaks before the answer
   */
  send(bytes: string | Buffer): Promise<Answer> {
    const now = performance.now()
    if (!this.#socket || now - this.#usedAt > staleMilliseconds) this.#open()
    this.#usedAt = now
    this.#waiting = Promise.withResolvers()
    this.#socket?.write(bytes)
    return this.#waiting.promise
  }

  close(): void {
    this.#socket?.destroy()
    this.#socket = undefined
  }

  #open(): void {
    this.close()
    this.#received = []
    const socket = connect(Number(this.#url.port), this.#url.hostname).setNoDelay(true)
    const fail = (error: Error) => {
      if (socket === this.#socket) this.#waiting?.reject(error)
    }
    socket.on('data', (chunk) => this.#take(chunk))
    socket.on('error', fail)
    socket.on('close', () => fail(new Error('The server closed the connection.')))
    this.#socket = socket
  }

  #take(chunk: Buffer): void {
    this.#received.push(chunk)
    const answer = readAnswer(this.#received.length === 1 ? chunk : Buffer.concat(this.#received))
    if (!answer) return
    this.#received = []
    this.#waiting?.resolve(answer)
  }
}

/** Writes a request. */
export function message(method: string, path: string, headers: Record<string, string>, body?: string): string
export function message(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string | Uint8Array,
): string | Buffer
export function message(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string | Uint8Array,
): string | Buffer {
  const all = { ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`
  return body instanceof Uint8Array ? Buffer.concat([Buffer.from(head), body]) : head + (body ?? '')
}

/** Reads an answer of a known length or in chunks; undefined while it is not all there. */
export function readAnswer(bytes: Buffer): Answer | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = bytes.toString('latin1', 0, end)
  const body = bytes.subarray(end + 4)
  const status = Number(head.slice(9, 12))
  if (status === 204 || status === 304) return { status, head, body: '' }
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) {
    const whole = join(body)
    return whole && { status, head, body: whole.toString() }
  }
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0)
  return body.length < length ? undefined : { status, head, body: body.toString('utf8', 0, length) }
}

/** The content of a chunked body. */
function join(bytes: Buffer): Buffer | undefined {
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const end = bytes.indexOf('\r\n', at)
    if (end < 0) return undefined
    const length = Number.parseInt(bytes.toString('latin1', at, end), 16)
    const next = end + 2 + length + 2
    if (bytes.length < next) return undefined
    if (length === 0) return Buffer.concat(parts)
    parts.push(bytes.subarray(end + 2, end + 2 + length))
    at = next
  }
}
