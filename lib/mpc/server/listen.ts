import { readFileSync } from 'node:fs'
import { createServer as createHttp1Server, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import {
  constants,
  createServer as createHttp2Server,
  createSecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2'
import type { Server as NetServer, Socket } from 'node:net'
import { inASentence } from '#lib/foundation/start-error.ts'

export type Handler = (
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
) => void

/** The server's listening half. */
export interface Listening {
  /**
   * Takes no new connections, tells those there are to send no new calls, and lets calls under way end until the deadline.
   * Resolves when all connections are closed.
   */
  drain(milliseconds: number): Promise<void>
}

/** What listens, and the connections of which it is not known yet what they speak. */
interface Front {
  front: NetServer
  http1: Server | undefined
  silent: Set<Socket>
}

// How every HTTP/2 connection begins (RFC 9113 §3.4).
const preface = 'PRI '
const longest = 30_000
const http1Options = { keepAliveTimeout: 65_000, requestTimeout: longest, shouldUpgradeCallback: () => false }
const http2Options = { settings: { maxConcurrentStreams: 256 } }

/**
 * Listens on one port for HTTP/2, which is what gRPC speaks, and for HTTP/1.1, which Connect and gRPC-Web speak too. With TLS
 * the client says which; without, the first bytes of the connection do.
 *
 * @param patience how long a connection may say nothing at first, and a request may take to arrive, in milliseconds
 * @throws Error with the code EADDRINUSE and such when it cannot listen there
 */
export async function listen(
  {
    port,
    host,
    tls,
    patience = longest,
  }: {
    port: number
    host?: string | undefined
    tls?: { certificate: string; key: string } | undefined
    patience?: number
  },
  handler: Handler,
): Promise<Listening> {
  const sessions = new Set<ServerHttp2Session>()
  const sockets = new Set<Socket>()
  const inTime = within(patience, handler)
  const { front, http1, silent } = tls ? overTls(tls, inTime, sessions) : inTheClear(patience, inTime, sessions)
  front.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => front.once('error', reject).listen(port, host, resolve))
  return {
    async drain(milliseconds) {
      const closed = new Promise((resolve) => front.close(resolve))
      // GOAWAY: streams that are open go on, and no new one begins.
      for (const session of sessions) session.close()
      for (const socket of silent) socket.destroy()
      http1?.closeIdleConnections()
      const idle = setInterval(() => http1?.closeIdleConnections(), 50)
      const deadline = setTimeout(() => {
        for (const session of sessions) session.destroy()
        for (const socket of sockets) socket.destroy()
      }, milliseconds)
      await closed
      clearInterval(idle)
      clearTimeout(deadline)
    },
  }
}

function overTls(
  { certificate, key }: { certificate: string; key: string },
  handler: Handler,
  sessions: Set<ServerHttp2Session>,
): Front {
  const read = (what: string, file: string) => {
    try {
      return readFileSync(file)
    } catch (error) {
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'it is not there' : undefined
      throw inASentence(`${what} ${file}`, error, missing)
    }
  }
  const own = { cert: read('MPC_TLS_CERT', certificate), key: read('MPC_TLS_KEY', key), allowHTTP1: true }
  const front = createSecureServer({ ...http1Options, ...http2Options, handshakeTimeout: longest, ...own }, handler)
  keep(front, sessions)
  return { front, http1: undefined, silent: new Set() }
}

/** The HTTP/1.1 server has the port, and so watches over all that it keeps; connections that begin otherwise are handed on. */
function inTheClear(patience: number, handler: Handler, sessions: Set<ServerHttp2Session>): Front {
  const http1 = createHttp1Server(http1Options, handler)
  const http2 = createHttp2Server(http2Options, handler)
  const silent = new Set<Socket>()
  keep(http2, sessions)
  const asHttp1 = http1.listeners('connection')
  http1.removeAllListeners('connection')
  http1.on('connection', (socket) => {
    silent.add(socket)
    socket.once('close', () => silent.delete(socket))
    sorted(socket, patience, (version) => {
      silent.delete(socket)
      // Who shuts their half of it says no more in HTTP/2, and is gone.
      if (version === 2) socket.allowHalfOpen = false
      if (version === 2) http2.emit('connection', socket)
      else for (const take of asHttp1) take.call(http1, socket)
    })
  })
  return { front: http1, http1, silent }
}

/** Over HTTP/2 nothing else watches how long a request takes to arrive: it is whole in time, or its stream is closed. */
function within(patience: number, handler: Handler): Handler {
  return (request, response) => {
    if ('stream' in request) {
      const { stream } = request
      const late = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), patience)
      for (const over of ['end', 'close']) stream.once(over, () => clearTimeout(late))
    }
    handler(request, response)
  }
}

/** Reads how a connection begins, and puts it back. One that says nothing for long, or no more before that is known, is closed. */
function sorted(socket: Socket, patience: number, to: (version: 1 | 2) => void): void {
  const late = setTimeout(() => socket.destroy(), patience)
  const onOver = () => socket.destroy()
  socket.on('error', onOver).on('end', onOver)
  socket.once('close', () => clearTimeout(late))
  let begun = Buffer.alloc(0)
  const look = () => {
    const chunk = socket.read() as Buffer | null
    if (chunk === null) return
    begun = Buffer.concat([begun, chunk])
    const start = begun.subarray(0, preface.length).toString('latin1')
    // A first packet of less than four bytes does not tell yet. It is put back with the rest: at once it would be read again.
    if (begun.length < preface.length && preface.startsWith(start)) return
    socket.unshift(begun)
    clearTimeout(late)
    socket.off('readable', look)
    socket.off('error', onOver).off('end', onOver)
    to(start === preface ? 2 : 1)
  }
  socket.on('readable', look)
}

function keep(
  server: { on(event: 'session', listener: (session: ServerHttp2Session) => void): unknown },
  sessions: Set<ServerHttp2Session>,
): void {
  server.on('session', (session) => {
    sessions.add(session)
    session.once('close', () => sessions.delete(session))
  })
}
