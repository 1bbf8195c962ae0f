import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { Server as NetServer } from 'node:net'
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import { beginDraining, isDraining } from '../draining.ts'
import { joinChunks } from './join-chunks.ts'

// How long a proxy may need to see that this process is on its way out, and how long all of it may last: less than
// what orchestrators wait before they kill.
const graceMilliseconds = 1_000
const drainMilliseconds = 9_000

// Closing resets the connections that the system took and nobody here has: it is done where there were none so short a
// time ago. Whoever asks one request after the other asks no more while one waits, so that soon none come for a while: better
// then, where that is soon.
const emptyMilliseconds = 0.5
const quietMilliseconds = 20
const quietingMilliseconds = 250
const emptyingMilliseconds = 3_000

// So long connections are kept that are idle when no more are taken: a proxy may ask on one in the moment in which it is closed,
// until it has seen that there are no new ones.
const idleMilliseconds = 1_000

/** The server in front of API and pages. */
export interface Front {
  /** Answers requests from now on, those first that came before. */
  answerWith(listener: RequestListener): void
  /**
   * Ends without failing a request: for a grace it goes on as before, but tells in each answer that the connection ends
   * with it, so that nothing is sent on one that is about to go; then it takes no new connections, closes those that stay
   * idle, and lets requests under way end until the deadline. Resolves when all connections are closed.
   */
  drain(): Promise<void>
}

/**
 * Listens. Requests that come before there is anything to answer them with wait for it.
 *
 * @param host where to listen; all addresses without
 * @throws Error with the code EADDRINUSE and such when it cannot listen there
 */
export async function listen(port: number, host?: string): Promise<Front> {
  const server = createServer({
    keepAliveTimeout: 65_000,
    // A request that never ends must not hold its slot of the caller's limit for longer than the slot's lease of 60 s.
    requestTimeout: 30_000,
    connectionsCheckingInterval: 10_000,
    // There is no other protocol here: RFC 9110 §7.8 lets a server go on in this one.
    shouldUpgradeCallback: () => false,
  })
  const ready = Promise.withResolvers<RequestListener>()
  let answer: RequestListener = (incoming, outgoing) => void ready.promise.then((late) => late(incoming, outgoing))
  const underWay = new Set<ServerResponse>()
  let closesIdle = false
  const receive = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    underWay.add(outgoing)
    outgoing.once('close', () => {
      underWay.delete(outgoing)
      if (closesIdle) server.closeIdleConnections()
    })
    if (isDraining()) outgoing.shouldKeepAlive = false
    joinChunks(incoming)
    answer(incoming, outgoing)
  }
  server.on('request', receive).on('checkContinue', receive)
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  return {
    answerWith(listener) {
      answer = listener
      ready.resolve(listener)
    },
    async drain() {
      const deadline = setTimeout(() => server.closeAllConnections(), drainMilliseconds)
      beginDraining()
      for (const outgoing of underWay) outgoing.shouldKeepAlive = false
      await wait(graceMilliseconds)
      // Meanwhile requests wait: with them the loop would turn too slowly for it.
      const emptied = Promise.withResolvers<void>()
      const goOn = answer
      answer = (incoming, outgoing) => void emptied.promise.then(() => goOn(incoming, outgoing))
      await noneWaiting(server)
      // Not as a server of HTTP does, which would close what is idle at once.
      const closed = new Promise((resolve) => NetServer.prototype.close.call(server, resolve))
      emptied.resolve()
      await Promise.race([closed, wait(idleMilliseconds)])
      closesIdle = true
      server.closeIdleConnections()
      await closed
      clearTimeout(deadline)
    },
  }
}

/** Until no connection waits to be taken: a short turn of the loop, in which none came, best after a while without any. */
async function noneWaiting(server: Server): Promise<void> {
  const since = performance.now()
  let last = since
  server.on('connection', () => {
    last = performance.now()
  })
  for (let began = since, now = since; now - since < emptyingMilliseconds; began = now) {
    await turn()
    now = performance.now()
    const none = last < began && now - began < emptyMilliseconds
    if (none && (now - last >= quietMilliseconds || now - since >= quietingMilliseconds)) return
  }
}
