import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

// Generates the Prisma clients of both servers, one for each kind of database. `prisma generate` insists on a
// schema engine that it then never runs; any executable satisfies it, so it gets this Node, and nothing is downloaded.

for (const database of ['auth', 'mpc'])
  for (const provider of ['sqlite', 'postgresql']) {
    const config = `prisma/${database}/${provider}/prisma.config.ts`
    execFileSync(
      process.execPath,
      ['node_modules/prisma/build/index.js', 'generate', '--config', config, '--no-hints'],
      {
        cwd: fileURLToPath(new URL('..', import.meta.url)),
        stdio: 'inherit',
        timeout: 120_000,
        env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
      },
    )
  }
