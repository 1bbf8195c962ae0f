import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2'
import { connect as connectSocket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { freePort } from '../../setup/serve.ts'
import { type Handler, type Listening, listen } from './listen.ts'

let listening: Listening
let session: ClientHttp2Session
afterEach(async () => {
  session.destroy()
  await listening.drain(0)
})

async function serve(handler: Handler, patience?: number) {
  const port = await freePort()
  listening = await listen({ port, host: '127.0.0.1', ...(patience ? { patience } : {}) }, handler)
  session = connect(`http://127.0.0.1:${port}`)
  return port
}

/** The status of the answer, or the code that its stream was closed with. */
function outcome(stream: ClientHttp2Stream): Promise<number | undefined> {
  return new Promise((resolve) => {
    stream.on('error', () => undefined).resume()
    stream.once('response', ({ ':status': status }) => resolve(status))
    stream.once('close', () => resolve(stream.rstCode))
  })
}

test('a request that does not arrive whole in time is closed; one that did may be answered later', async () => {
  let answer = () => {}
  await serve((request, response) => {
    request.resume()
    if (request.url === '/whole') answer = () => response.end()
  }, 100)
  const whole = session.request({ ':method': 'POST', ':path': '/whole' })
  whole.end('{}')
  const stalled = session.request({ ':method': 'POST', ':path': '/stalled' })
  stalled.write('{')
  expect(await outcome(stalled)).toBe(constants.NGHTTP2_CANCEL)
  answer()
  expect(await outcome(whole)).toBe(200)
})

test('more calls at once than one connection may have are all answered, the later ones in turn', async () => {
  let open = 0
  let most = 0
  await serve((request, response) => {
    most = Math.max(most, ++open)
    request.resume().once('end', () =>
      setImmediate(() => {
        open -= 1
        response.end()
      }),
    )
  })
  const calls = Array.from({ length: 1_000 }, () => outcome(session.request({ ':method': 'POST' }).end()))
  expect(new Set(await Promise.all(calls))).toEqual(new Set([200]))
  expect(most).toBeLessThanOrEqual(256)
})

test('told to stop, it waits for no connection that has said nothing', async () => {
  const port = await serve((_, response) => response.end())
  const socket = connectSocket(port, '127.0.0.1')
  const closed = new Promise((resolve) => socket.once('close', resolve))
  expect(await outcome(session.request({ ':path': '/' }).end())).toBe(200)
  // Longer than a test may take: it does not come to that.
  await listening.drain(600_000)
  await closed
})
