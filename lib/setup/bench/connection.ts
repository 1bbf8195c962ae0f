import { connect, type Socket } from 'node:net'

/** An HTTP answer, as much of it as a load generator reads. */
export interface Answer {
  status: number
  body: string
}

/**
 * One keep-alive HTTP/1.1 connection that has one request under way at a time.
 *
 * A socket and no more: `fetch` and `node:http` would cost the generator more CPU than a bare server spends on its answer,
 * and then the generator is what is measured.
 */
export class Connection {
  readonly host: string
  readonly #socket: Socket
  #received: Buffer[] = []
  #waiting: PromiseWithResolvers<Answer> | undefined

  private constructor(socket: Socket, host: string) {
    this.#socket = socket
    this.host = host
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#take(chunk))
    socket.on('error', (error) => this.#waiting?.reject(error))
    socket.on('close', () => this.#waiting?.reject(new Error('The server closed the connection.')))
  }

  static open(baseUrl: string): Promise<Connection> {
    const { hostname, port, host } = new URL(baseUrl)
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname)
      socket.once('error', reject)
      socket.once('connect', () => resolve(new Connection(socket, host)))
    })
  }

  /** Sends what `message` wrote. */
  send(bytes: string): Promise<Answer> {
    this.#waiting = Promise.withResolvers()
    this.#socket.write(bytes)
    return this.#waiting.promise
  }

  close(): void {
    this.#waiting = undefined
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    this.#received.push(chunk)
    const answer = readAnswer(this.#received.length === 1 ? chunk : Buffer.concat(this.#received))
    if (!answer) return
    this.#received = []
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve(answer)
  }
}

/** Writes a request. */
export function message(method: string, path: string, headers: Record<string, string>, body?: string): string {
  const all = { ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`
}

/** Reads an answer of a known length or in chunks; undefined while it is not all there. */
export function readAnswer(bytes: Buffer): Answer | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = bytes.toString('latin1', 0, end)
  const body = bytes.subarray(end + 4)
  const status = Number(head.slice(9, 12))
  if (status === 204 || status === 304) return { status, body: '' }
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) {
    const whole = join(body)
    return whole && { status, body: whole.toString() }
  }
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0)
  return body.length < length ? undefined : { status, body: body.toString('utf8', 0, length) }
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
