import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/**
 * Generates the Prisma client into prisma/generated.
 *
 * `prisma generate` insists on a schema engine that it then never runs; any executable satisfies it, so it gets this
 * Node, and nothing is downloaded.
 *
 * @throws Error with Prisma's own output
 */
export async function generate() {
  const root = fileURLToPath(new URL('..', import.meta.url))
  await promisify(execFile)(
    process.execPath,
    ['node_modules/prisma/build/index.js', 'generate', '--config', 'prisma/prisma.config.ts', '--no-hints'],
    {
      cwd: root,
      timeout: 120_000,
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
    },
  )
}
