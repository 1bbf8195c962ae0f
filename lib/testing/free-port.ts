import { createServer } from 'node:net'

/** A port that nothing listens on, and that no system gives to a connection that goes out in the meantime. */
export async function freePort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 12_000)
  return (await isFree(port)) ? port : freePort()
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false)).listen(port, () => probe.close(() => resolve(true)))
  })
}
