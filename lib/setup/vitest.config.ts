import { defineConfig } from 'vitest/config'

const unit = ['lib/**/*.test.ts', 'components/**/*.test.ts', 'prisma/**/*.test.ts']
const api = ['lib/server/api/suite/*.test.ts']
/** Clients in other languages, against `npm start`'s server. */
const clients = ['clients/**/*.test.ts']

const data = 'lib/setup/test-data.ts'
// To load the server's code costs a process more than most of the suite's files do: a worker loads it once, and runs one
// file after the other. Each makes its own tenants in the one database, and leaves the rest as it was.
const oneByOne = { include: api, isolate: false, setupFiles: [data, 'lib/setup/left-clean.ts'] }

/**
 * The unit tests, and the API's suite once for each of its mounts: in memory, behind `npm start`'s server, and as Next's
 * route handlers.
 */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    // On two cores, too: much of the time a worker waits, for a server or for the disk.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Waiting ends when the thing is there; a machine that is busy may take its time.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      { extends: true, test: { name: 'unit', include: unit, exclude: api, setupFiles: [data] } },
      { extends: true, test: { ...oneByOne, name: 'api, in memory' } },
      ...(['start', 'next'] as const).map((mount) => ({
        extends: true as const,
        test: {
          ...oneByOne,
          name: mount === 'start' ? 'api, npm start' : 'api, next start',
          include: mount === 'start' ? [...api, ...clients] : api,
          globalSetup: [`lib/setup/serve-${mount}.ts`],
        },
      })),
    ],
  },
})
