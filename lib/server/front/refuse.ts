import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Problem } from '../problem.ts'
import { refusal } from './refusal.ts'

const maxBytes = 64 * 1024
const maxMilliseconds = 1_000

/**
 * Refuses a request. A client that is still sending a body sees the answer only where the connection stands until it
 * has read it: so a little of the body is taken, and thrown away.
 */
export function refuse(problem: Problem, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { status, headers, body } = refusal(problem)
  outgoing.writeHead(status, headers).write(body)
  const end = () => outgoing.end()
  const timer = setTimeout(end, maxMilliseconds)
  outgoing.once('close', () => clearTimeout(timer))
  let taken = 0
  incoming
    .on('data', ({ length }: Buffer) => {
      taken += length
      if (taken > maxBytes) end()
    })
    .once('end', end)
}
