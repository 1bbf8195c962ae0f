import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'

/** What came to a receiver: the body to the byte. */
export interface Received {
  at: number
  path: string
  headers: IncomingHttpHeaders
  body: string
}

type Answer = number | ((incoming: IncomingMessage, outgoing: ServerResponse, received: Received) => void)

/** A webhook endpoint on this machine: keeps what comes, and answers as it is told, at once 200. */
export async function webhookReceiver(answer: Answer = 200) {
  const received: Received[] = []
  const sockets = new Set<Socket>()
  const receiver = {
    url: '',
    received,
    answer,
    /** Ids of events, each as often as it came. */
    ids: () => received.map(({ headers }) => String(headers['webhook-id'])),
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  const server = createServer(async (incoming, outgoing) => {
    const body = await text(incoming).catch(() => undefined)
    if (body === undefined) return
    const one = { at: Date.now(), path: incoming.url ?? '', headers: incoming.headers, body }
    received.push(one)
    if (typeof receiver.answer === 'number') outgoing.writeHead(receiver.answer).end()
    else receiver.answer(incoming, outgoing, one)
  })
  server.on('connection', (socket) => sockets.add(socket.once('close', () => sockets.delete(socket))))
  await new Promise<void>((resolve) => server.listen(0, resolve))
  receiver.url = `http://localhost:${(server.address() as AddressInfo).port}/`
  return receiver
}
