import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { joinChunks } from './join-chunks.ts'

const text = Array.from({ length: 50_000 }, (_, index) => String.fromCharCode(97 + (index % 26))).join('')
const head = 'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n'
const shredded = `${head}${[...text].map((character) => `1\r\n${character}\r\n`).join('')}0\r\n\r\n`
const others = [`${head}0\r\n\r\n`, `${head}3\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: a\r\n\r\n`]

test.each([
  { who: 'as fast as it comes', waits: false },
  { who: 'slowly', waits: true },
])('a body costs whoever reads it $who no more for its many chunks, and nothing is lost', async ({ waits }) => {
  const read: string[][] = []
  const server = createServer((incoming, outgoing) => {
    joinChunks(incoming)
    const pieces: string[] = []
    incoming
      .on('data', async (piece) => {
        pieces.push(String(piece))
        if (!waits) return
        incoming.pause()
        await turn()
        incoming.resume()
      })
      .on('end', () => outgoing.end(`${read.push(pieces)}`))
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const socket = connect((server.address() as AddressInfo).port)
  for (const request of [shredded, ...others]) {
    socket.write(request)
    await new Promise((resolve) => socket.once('data', resolve))
  }
  socket.destroy()
  server.close()
  expect(read.map((pieces) => pieces.join(''))).toEqual([text, '', 'abcde'])
  expect(read[0]?.length).toBeLessThan(500)
})
