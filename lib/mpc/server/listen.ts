import { readFileSync } from 'node:fs'
import { createServer as createHttp1Server, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import {
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

// How every HTTP/2 connection begins (RFC 9113 §3.4).
const preface = 'PRI '
const http1Options = { keepAliveTimeout: 65_000, requestTimeout: 30_000, shouldUpgradeCallback: () => false }

/**
 * Listens on one port for HTTP/2, which is what gRPC speaks, and for HTTP/1.1, which Connect and gRPC-Web speak too. With TLS
 * the client says which; without, the first bytes of the connection do.
 *
 * @throws Error with the code EADDRINUSE and such when it cannot listen there
 */
export async function listen(
  {
    port,
    host,
    tls,
  }: { port: number; host?: string | undefined; tls?: { certificate: string; key: string } | undefined },
  handler: Handler,
): Promise<Listening> {
  const sessions = new Set<ServerHttp2Session>()
  const { front, http1 } = tls ? overTls(tls, handler, sessions) : inTheClear(handler, sessions)
  await new Promise<void>((resolve, reject) => front.once('error', reject).listen(port, host, resolve))
  return {
    async drain(milliseconds) {
      const closed = new Promise((resolve) => front.close(resolve))
      // GOAWAY: streams that are open go on, and no new one begins.
      for (const session of sessions) session.close()
      http1?.closeIdleConnections()
      const idle = setInterval(() => http1?.closeIdleConnections(), 50)
      const deadline = setTimeout(() => {
        for (const session of sessions) session.destroy()
        http1?.closeAllConnections()
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
): { front: NetServer; http1: Server | undefined } {
  const read = (what: string, file: string) => {
    try {
      return readFileSync(file)
    } catch (error) {
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'it is not there' : undefined
      throw inASentence(`${what} ${file}`, error, missing)
    }
  }
  const options = { cert: read('MPC_TLS_CERT', certificate), key: read('MPC_TLS_KEY', key), allowHTTP1: true }
  const front = createSecureServer(options, handler)
  keep(front, sessions)
  return { front, http1: undefined }
}

/** The HTTP/1.1 server has the port, and so watches over all that it keeps; connections that begin otherwise are handed on. */
function inTheClear(handler: Handler, sessions: Set<ServerHttp2Session>): { front: NetServer; http1: Server } {
  const http1 = createHttp1Server(http1Options, handler)
  const http2 = createHttp2Server(handler)
  keep(http2, sessions)
  const asHttp1 = http1.listeners('connection')
  http1.removeAllListeners('connection')
  http1.on('connection', (socket) =>
    sorted(socket, (version) => {
      if (version === 2) http2.emit('connection', socket)
      else for (const take of asHttp1) take.call(http1, socket)
    }),
  )
  return { front: http1, http1 }
}

/** Reads how a connection begins, and puts it back. One that says nothing for long is closed. */
function sorted(socket: Socket, to: (version: 1 | 2) => void): void {
  const patience = setTimeout(() => socket.destroy(), http1Options.requestTimeout)
  const onError = () => socket.destroy()
  socket.on('error', onError)
  socket.once('close', () => clearTimeout(patience))
  let begun = Buffer.alloc(0)
  const look = () => {
    const chunk = socket.read() as Buffer | null
    if (chunk === null) return
    begun = Buffer.concat([begun, chunk])
    const start = begun.subarray(0, preface.length).toString('latin1')
    // A first packet of less than four bytes does not tell yet. It is put back with the rest: at once it would be read again.
    if (begun.length < preface.length && preface.startsWith(start)) return
    socket.unshift(begun)
    clearTimeout(patience)
    socket.off('readable', look)
    socket.off('error', onError)
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
