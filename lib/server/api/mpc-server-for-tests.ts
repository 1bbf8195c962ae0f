import { createServer, type Http2Server, type ServerHttp2Session } from 'node:http2'
import type { ConnectRouter, HandlerContext } from '@connectrpc/connect'
import { connectNodeAdapter } from '@connectrpc/connect-node'
import { KeyService } from '../../mpc/proto/mpc_pb.js'

/** A small real server of `mpc.v1`, for tests of what stands in front of one: it answers who was asked and what came. */
export class MpcServerForTests {
  /** Headers of every call that arrived, oldest first. */
  readonly seen: Headers[] = []
  readonly name: string
  #server: Http2Server | undefined
  readonly #sessions = new Set<ServerHttp2Session>()
  /** What List does. */
  list: (context: HandlerContext) => Promise<object> = async () => ({ nextPageToken: this.name })

  constructor(name = 'mpc') {
    this.name = name
  }

  async start(port = 0): Promise<number> {
    const routes = (router: ConnectRouter) =>
      router.service(KeyService, {
        list: (_request, context) => {
          this.seen.push(context.requestHeader)
          return this.list(context)
        },
        get: (request, context) => {
          this.seen.push(context.requestHeader)
          return { key: { id: request.keyId, label: 'x'.repeat(Number(request.keyId) || 0) } }
        },
      })
    const server = createServer(connectNodeAdapter({ routes }))
    server.on('session', (session) => {
      this.#sessions.add(session)
      session.once('close', () => this.#sessions.delete(session)).on('error', () => undefined)
    })
    this.#server = server
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
    const address = server.address()
    return typeof address === 'object' ? (address?.port ?? 0) : 0
  }

  /** Ends it: with a goodbye (GOAWAY) on each connection, or as a crash would, without a word. */
  async stop(how: 'goaway' | 'crash'): Promise<void> {
    const server = this.#server
    if (!server) return
    this.#server = undefined
    const closed = new Promise((resolve) => server.close(resolve))
    for (const session of this.#sessions) {
      if (how === 'crash') session.socket.destroy()
      else {
        session.goaway()
        session.close()
      }
    }
    for (const session of this.#sessions) if (how === 'goaway') session.destroy()
    await closed
  }
}
