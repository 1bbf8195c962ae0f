import { spawn } from 'node:child_process'
import { mpcServerArguments } from '../foundation/mpc-server-process.mjs'
import { abort, environment, node, prepare, root } from './prepare.mjs'

// npm start: sets up whatever is missing, then runs the server until it is told to stop. npm run mpc: the MPC server alone, for
// which no pages are built.

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`Node 20 or later is needed; this is ${process.version}.`)
  process.exit(1)
}

const webServer = 'lib/server/main.ts'
const [entry = webServer] = process.argv.slice(2)

let server
let stopping = false
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.on(signal, () => {
    stopping = true
    if (server) return server.kill('SIGTERM')
    abort()
    process.exit(0)
  })
}

try {
  await prepare({ build: entry === webServer })
} catch (error) {
  console.error(`\n${error.message}`)
  process.exit(1)
}

server = spawn(node, entry === webServer ? [entry] : mpcServerArguments, {
  cwd: root,
  stdio: 'inherit',
  // In a group of its own: a terminal's Ctrl+C comes to it once, from here. A second signal would end it at once.
  detached: true,
  env: environment({ NODE_ENV: 'production' }),
})
server.on('exit', (code) => process.exit(code ?? (stopping ? 0 : 1)))
