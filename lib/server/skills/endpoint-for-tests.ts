import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'

/** A call as an endpoint got it. */
export interface Got {
  headers: IncomingHttpHeaders
  body: string
}

/** A tenant's endpoint that answers as a test says, and remembers what it got. */
export async function endpoint(answer: (outgoing: ServerResponse, got: Got) => void) {
  const got: Got[] = []
  const sockets = new Set<Socket>()
  const server = createServer(async (incoming, outgoing) => {
    const call = { headers: incoming.headers, body: await text(incoming).catch(() => '') }
    got.push(call)
    answer(outgoing, call)
  })
  server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const { port } = server.address() as AddressInfo
  const close = () => {
    for (const socket of sockets) socket.destroy()
    return new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://localhost:${port}/skill`, port, got, close }
}
