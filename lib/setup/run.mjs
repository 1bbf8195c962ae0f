import { spawnSync } from 'node:child_process'
import { environment, node, prepare, root } from './prepare.mjs'

// Runs a script of ours on our own Node, after whatever set-up it still needs: node lib/setup/run.mjs <script> [arguments]

try {
  await prepare({ build: false })
} catch (error) {
  console.error(`\n${error.message}`)
  process.exit(1)
}
const { status } = spawnSync(node, process.argv.slice(2), { cwd: root, stdio: 'inherit', env: environment() })
process.exit(status ?? 1)
