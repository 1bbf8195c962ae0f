import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

// Generates the Prisma client into prisma/generated. `prisma generate` insists on a schema engine that it then never
// runs; any executable satisfies it, so it gets this Node, and nothing is downloaded.

execFileSync(
  process.execPath,
  ['node_modules/prisma/build/index.js', 'generate', '--config', 'prisma/prisma.config.ts', '--no-hints'],
  {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
    timeout: 120_000,
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
  },
)
