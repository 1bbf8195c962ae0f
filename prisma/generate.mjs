import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

// Generates the Prisma clients of both servers, each beside its schema. `prisma generate` insists on a
// schema engine that it then never runs; any executable satisfies it, so it gets this Node, and nothing is downloaded.

for (const config of ['prisma/prisma.config.ts', 'prisma/mpc/prisma.config.ts']) {
  execFileSync(process.execPath, ['node_modules/prisma/build/index.js', 'generate', '--config', config, '--no-hints'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
    timeout: 120_000,
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
  })
}
