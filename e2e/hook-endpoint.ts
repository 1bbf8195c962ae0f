import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** A request that an endpoint got. */
export interface Hooked {
  headers: Record<string, string>
  body: string
}

/** Somebody's webhook endpoint, on this machine: it keeps what it gets, and answers as it is told. */
export interface HookEndpoint {
  url: string
  got: Hooked[]
  /** What it answers from now on. */
  answers: { status: number; body: string }
  stop: () => Promise<void>
}

/** Starts an endpoint that answers 200. */
export async function hookEndpoint(): Promise<HookEndpoint> {
  const got: Hooked[] = []
  const take = async (incoming: IncomingMessage, response: ServerResponse) => {
    const body = (await buffer(incoming)).toString()
    got.push({ headers: incoming.headers as Record<string, string>, body })
    response.writeHead(endpoint.answers.status, { 'Content-Type': 'text/plain' }).end(endpoint.answers.body)
  }
  // What breaks off half-way was not got.
  const server = createServer((incoming, response) => void take(incoming, response).catch(() => response.destroy()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint: HookEndpoint = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    got,
    answers: { status: 200, body: 'thanks' },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return endpoint
}
