import type { IncomingMessage } from 'node:http'

/**
 * Has a body in chunks read as it arrives: what came together is one piece, into however many chunks its client cut it. A
 * piece of one byte costs its reader as much as one of a thousand.
 */
export function joinChunks(incoming: IncomingMessage): void {
  if (incoming.headers['transfer-encoding'] === undefined) return
  const push = incoming.push.bind(incoming)
  let chunks: Uint8Array[] = []
  const pass = () => {
    if (chunks.length > 0) push(Buffer.concat(chunks))
    chunks = []
  }
  incoming.push = (chunk: Uint8Array | null) => {
    if (chunk === null) {
      pass()
      return push(null)
    }
    if (chunks.push(chunk) === 1) setImmediate(pass)
    // No more is taken from the connection until these are passed on, and asked for more.
    return false
  }
}
