import { connect } from 'node:net'

/** What came back over a connection, as it came. */
export interface WireAnswer {
  /** 0 where the connection ended without an answer. */
  status: number
  head: string
  body: string
}

const patience = 20_000

/**
 * Sends a text over a connection of its own, for what no HTTP client does, and reads until the connection ends. Letters are
 * bytes (Latin-1).
 *
 * @param pieces are sent after it, for as long as they are taken; then nothing more comes, whatever the text promised
 */
export function overTheWire(port: number, text: string, pieces: readonly Buffer[] = []): Promise<WireAnswer> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, 'localhost')
    const send = ([piece, ...rest]: readonly Buffer[]) => {
      if (!socket.writable) return
      if (piece) socket.write(piece, () => send(rest))
      else if (pieces.length > 0) socket.end()
    }
    socket.once('connect', () => socket.write(text, 'latin1', () => send(pieces)))
    socket.setTimeout(patience, () => socket.destroy())
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
    })
    // How it ends is part of the answer.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      const [head = '', ...body] = answer.split('\r\n\r\n')
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body: body.join('\r\n\r\n') })
    })
  })
}
