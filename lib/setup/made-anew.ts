import { afterAll, vi } from 'vitest'

// Of a file whose process goes on to another, with the packages that it has loaded and nothing else: our own code is anew for
// each file, and so are what that keeps for a whole process, the environment, and the database. To load the packages costs a
// process more than most files do.

const worker = globalThis as Record<string, unknown> & { firstEnvironment?: NodeJS.ProcessEnv }

vi.resetModules()
for (const name of Object.keys(worker)) if (/^(?:playground|ownDatabases$)/.test(name)) delete worker[name]

worker.firstEnvironment ??= { ...process.env }
for (const name of Object.keys(process.env)) if (!(name in worker.firstEnvironment)) delete process.env[name]
Object.assign(process.env, worker.firstEnvironment)

// What a file's code waits for, to do it now and then, ends with the file: it would write into the next one's database.
const waiting: NodeJS.Timeout[] = []
const { setTimeout, setInterval } = globalThis

function noting<Begin extends (...args: never[]) => NodeJS.Timeout>(begin: Begin): Begin {
  const noted = (...args: Parameters<Begin>) => {
    const timer = begin(...args)
    waiting.push(timer)
    return timer
  }
  return Object.assign(noted, begin) as unknown as Begin
}
Object.assign(globalThis, { setTimeout: noting(setTimeout), setInterval: noting(setInterval) })

afterAll(async () => {
  for (const timer of waiting) clearTimeout(timer)
  Object.assign(globalThis, { setTimeout, setInterval })
  await ((await worker.playgroundDatabase) as { close(): Promise<void> } | undefined)?.close()
})
