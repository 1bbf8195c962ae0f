import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, inject } from 'vitest'
import { api } from '../app.ts'

// Sockets to the mount under test, for what no HTTP client does. In memory there is nothing to connect to: there the API
// listens by itself, without a server of ours around it.

/** Where the mount listens; call it once in a file. */
export function listening(): { port: () => number } {
  const served = inject('served')
  const own = createServer(getRequestListener(api().fetch, { overrideGlobalObjects: false }))
  beforeAll(() => (served ? undefined : new Promise<void>((resolve) => own.listen(0, resolve))))
  afterAll(() => {
    own.close()
    own.closeAllConnections()
  })
  return { port: () => Number(served ? new URL(served.baseUrl).port : (own.address() as AddressInfo).port) }
}

/** A connection that has sent a text. */
export function sent(port: number, text: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, 'localhost', () => socket.write(text, () => resolve(socket)))
    // Its end is the test's own doing.
    socket.once('error', reject).on('error', () => undefined)
  })
}

/** A request as it goes over the wire; `missing` bytes of its body are promised and not sent. */
export function wire(method: string, path: string, key: string, body = '', missing = 0): string {
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: localhost', `Authorization: Bearer ${key}`]
  if (body) lines.push('Content-Type: application/json', `Content-Length: ${body.length + missing}`)
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}
