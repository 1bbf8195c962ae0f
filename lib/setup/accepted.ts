import type { ChildProcess } from 'node:child_process'
import { connect } from 'node:net'

/** Whether a process that was started takes connections on a port within 30 s. */
export async function accepted(port: number, child: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + 30_000
  while (Date.now() < deadline && child.exitCode === null && child.pid) {
    if (await accepts(port)) return true
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return false
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
