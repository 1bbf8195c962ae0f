import { createServer } from 'node:net'
import { threadMilliseconds } from '../cpu.ts'

// Loaded into the server before all else: tells whoever connects which turn of its loop took the most CPU since the last
// one connected. Nobody else is served during a turn.

let longest = 0
let before = threadMilliseconds()

function turn(): void {
  const now = threadMilliseconds()
  longest = Math.max(longest, now - before)
  before = now
  setImmediate(turn)
}

createServer((socket) => {
  socket.end(String(longest))
  longest = 0
}).listen(process.env.TURNS_SOCKET)
turn()
