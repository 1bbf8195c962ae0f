import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test, vi } from 'vitest'
import { Connection, message, readAnswer } from './connection.ts'

const answers: [what: string, text: string][] = [
  ['of a known length', 'HTTP/1.1 201 Created\r\nContent-Length: 6\r\n\r\n“{”'.replace('6', '7')],
  ['in chunks', 'HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n“\r\n4\r\n{”\r\n0\r\n\r\n'],
]

test.each(answers)('an answer %s is read once all of it is there', (_, text) => {
  const bytes = Buffer.from(text)
  for (let length = 0; length < bytes.length; length++) expect(readAnswer(bytes.subarray(0, length))).toBeUndefined()
  expect(readAnswer(bytes)).toMatchObject({ status: 201, body: '“{”' })
})

test('one connection carries one request after another', async () => {
  const echo: RequestListener = (incoming, outgoing) => {
    incoming.setEncoding('utf8').on('data', (text) => outgoing.write(text))
    incoming.on('end', () => outgoing.end(incoming.headers['x-number']))
  }
  const server = createServer(echo)
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const connection = new Connection(`http://localhost:${(server.address() as AddressInfo).port}`)
  for (const number of ['1', '2', '3']) {
    const headers = { host: connection.host, 'x-number': number }
    const answer = await connection.send(message('POST', '/', headers, 'né '))
    expect(answer).toMatchObject({ status: 200, body: `né ${number}` })
    expect(answer.head).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  }
  connection.close()
  server.close()
})

test('a connection that the server closed while it rested is opened anew', async () => {
  const server = createServer((_, outgoing) => outgoing.end('here'))
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const connection = new Connection(`http://localhost:${(server.address() as AddressInfo).port}`)
  const request = message('GET', '/', { host: connection.host })
  await connection.send(request)
  server.closeAllConnections()
  const now = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 10_000)
  expect((await connection.send(request)).body).toBe('here')
  now.mockRestore()
  connection.close()
  server.close()
})

test('a request fails when the server goes away', async () => {
  const server = createServer((incoming) => incoming.socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const connection = new Connection(`http://localhost:${(server.address() as AddressInfo).port}`)
  await expect(connection.send(message('GET', '/', { host: connection.host }))).rejects.toThrow()
  server.close()
})
