import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

// The least that Node does for a JSON answer: what every other number is held against.

const server = createServer((_, outgoing) => {
  outgoing.setHeader('Content-Type', 'application/json')
  outgoing.end(JSON.stringify({ ok: true }))
})
server.listen(0, 'localhost', () => console.log(`http://localhost:${(server.address() as AddressInfo).port}`))
