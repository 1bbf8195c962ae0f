import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2'
import { step } from '#lib/foundation/tracing/tracing.ts'

const connectMilliseconds = 2_000
const { NGHTTP2_CANCEL, NGHTTP2_REFUSED_STREAM } = constants

/** A call as it goes out: `path` without its server. */
export interface Call {
  path: string
  headers: Record<string, string>
  body: Uint8Array
  /** Milliseconds until it is given up. */
  patience: number
  signal?: AbortSignal
}

export interface Answered {
  status: number
  headers: Record<string, string>
  body: Uint8Array
}

/** A call that got no answer; `untouched` where the server certainly did nothing of it, so that it may be made again. */
export class NoAnswer extends Error {
  override name = 'NoAnswer'
  readonly untouched: boolean

  constructor(message: string, untouched: boolean, cause?: unknown) {
    super(message, { cause })
    this.untouched = untouched
  }
}

/** The answer has more bytes than were allowed. */
export class TooMuch extends Error {
  override name = 'TooMuch'
}

// The Next bundle and the entry point are separate module graphs of one process.
const shared = globalThis as { playgroundMpcConnections?: Map<string, ClientHttp2Session> }

/**
 * Makes a call over HTTP/2, in the clear or over TLS as the origin says, on a connection that is kept. One that its server
 * closes, resets or says goodbye on, idle or not, is dropped, and the next call opens another: every error of a connection
 * is listened for.
 *
 * @throws NoAnswer, TooMuch
 */
export function callOver(origin: string, call: Call, maxBytes: number): Promise<Answered> {
  const attributes = { 'rpc.method': call.path.slice(1), 'server.address': new URL(origin).hostname }
  return step(call.path.slice(1), attributes, async (traceparent) => {
    const headers = traceparent ? { ...call.headers, traceparent } : call.headers
    const session = await opened(origin)
    try {
      return await answered(request(session, { ...call, headers }), call, maxBytes)
    } catch (error) {
      if (error instanceof NoAnswer && session.socket?.destroyed) drop(origin, session)
      throw error
    }
  })
}

/** Ends every connection. */
export function closeConnections(): void {
  for (const session of shared.playgroundMpcConnections?.values() ?? []) session.destroy()
  shared.playgroundMpcConnections?.clear()
}

function opened(origin: string): Promise<ClientHttp2Session> {
  shared.playgroundMpcConnections ??= new Map()
  const known = shared.playgroundMpcConnections.get(origin)
  const session = known && !known.closed && !known.destroyed ? known : open(origin)
  if (!session.connecting) return Promise.resolve(session)
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown) => reject(new NoAnswer('It cannot be reached.', true, cause))
    session
      .once('connect', () => resolve(session))
      .once('error', fail)
      .once('close', fail)
  })
}

function open(origin: string): ClientHttp2Session {
  const session = connect(origin)
  const slow = setTimeout(() => session.destroy(new Error('no connection in time')), connectMilliseconds)
  session.once('connect', () => clearTimeout(slow))
  session.once('close', () => {
    clearTimeout(slow)
    drop(origin, session)
  })
  // What fails with it is told to each call; for an idle connection nobody is to be told.
  session.on('error', () => drop(origin, session))
  session.on('goaway', () => drop(origin, session))
  session.unref()
  shared.playgroundMpcConnections?.set(origin, session)
  // More calls at once than the default number of listeners may wait for it.
  session.setMaxListeners(0)
  return session
}

/** Takes no more calls on a connection; those under way end on it. */
function drop(origin: string, session: ClientHttp2Session): void {
  if (shared.playgroundMpcConnections?.get(origin) === session) shared.playgroundMpcConnections.delete(origin)
  if (!session.destroyed) session.close()
}

function request(session: ClientHttp2Session, { path, headers, body }: Call): ClientHttp2Stream {
  try {
    const length = String(body.byteLength)
    const stream = session.request({ ...headers, ':method': 'POST', ':path': path, 'content-length': length })
    stream.on('error', () => undefined)
    stream.end(body)
    return stream
  } catch (error) {
    // It was closed in this very moment.
    throw new NoAnswer('The connection has ended.', true, error)
  }
}

function answered(stream: ClientHttp2Stream, { patience, signal }: Call, maxBytes: number): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    let head: Omit<Answered, 'body'> | undefined
    let ended = false
    const giveUp = (error: Error) => {
      reject(error)
      stream.close(NGHTTP2_CANCEL)
    }
    const timer = setTimeout(() => giveUp(new NoAnswer('It did not answer in time.', false)), patience)
    const abort = () => giveUp(new NoAnswer('The caller went away.', false))
    if (signal?.aborted) abort()
    signal?.addEventListener('abort', abort, { once: true })
    stream.once('response', ({ ':status': status = 0, ...headers }) => {
      const plain = Object.entries(headers).filter(([name]) => !name.startsWith(':'))
      head = { status, headers: Object.fromEntries(plain.map(([name, value]) => [name, String(value)])) }
    })
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > maxBytes) giveUp(new TooMuch('The answer is too large.'))
      else chunks.push(chunk)
    })
    stream.once('end', () => {
      ended = true
    })
    stream.once('error', (error) => reject(new NoAnswer('It broke off.', isUntouched(stream), error)))
    stream.once('close', () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      if (head && ended && stream.rstCode === 0) resolve({ ...head, body: Buffer.concat(chunks) })
      else reject(new NoAnswer('It broke off.', isUntouched(stream)))
    })
  })
}

/** @see https://www.rfc-editor.org/rfc/rfc9113#section-8.7 */
function isUntouched({ rstCode }: ClientHttp2Stream): boolean {
  return rstCode === NGHTTP2_REFUSED_STREAM
}
