import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { prepare, root } from './preparation.ts'

// npm run faults: what was promised, tried with the faults that machines, disks, clocks, networks and callers have. npm test has the
// short form of each; --only takes one.

const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'lib/setup/vitest.config.ts', '--project', 'unit*']

interface Fault {
  command: string[]
  settings?: Record<string, string>
  /** Whether it needs the pages. */
  build: boolean
}

/** Files of the faults', by how they begin; of their tests those whose name begins with a word. */
const fault = (files: string, word?: string): Fault => ({
  command: [
    ...vitest,
    ...files.split(' ').map((file) => `lib/setup/faults/${file}`),
    ...(word ? ['-t', `${word}:`] : []),
  ],
  build: false,
})

const faults: Record<string, Fault> = {
  kills: fault('kills'),
  chaos: { ...fault('chaos'), build: true },
  sigterm: {
    command: [...vitest, 'lib/server/front/rolling-restart.test.ts'],
    settings: { RESTARTS: '10', RESTART_REQUESTS: '20000' },
    build: true,
  },
  lock: fault('storage', 'lock'),
  'read-only': fault('storage', 'read-only'),
  disk: fault('storage', 'disk'),
  connections: fault('connections'),
  damage: fault('damage storage-postgresql', 'damage'),
  mpc: fault('mpc-storage'),
  clock: fault('clock'),
  'worst-inputs': { command: ['lib/setup/bench.ts', '--only', 'worst-inputs'], build: true },
}

const { values } = parseArgs({ options: { only: { type: 'string' } } })
const chosen = Object.entries(faults).filter(([name]) => name === (values.only ?? name))
if (chosen.length === 0) {
  console.error(`--only takes one of: ${Object.keys(faults).join(', ')}`)
  process.exit(1)
}

await prepare({ build: chosen.some(([, { build }]) => build) })
const failed: string[] = []
for (const [name, { command, settings }] of chosen) {
  console.log(`\n── ${name}`)
  const env = { ...process.env, FAULTS: 'whole', ...settings }
  if (spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit', env }).status !== 0) failed.push(name)
}
console.log(failed.length > 0 ? `\nNot as promised: ${failed.join(', ')}` : '\nAll as promised.')
process.exit(failed.length > 0 ? 1 : 0)
