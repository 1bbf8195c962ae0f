import { type AddressInfo, connect, createServer } from 'node:net'

/** A way to a port on which answers are late by so many milliseconds. */
export async function slowedPort(port: number) {
  let late = 0
  const proxy = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    near.on('error', () => {}).on('close', () => far.destroy())
    far.on('error', () => {}).on('close', () => near.destroy())
    near.pipe(far)
    far.on('data', (chunk) => setTimeout(() => near.write(chunk), late))
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const delay = (milliseconds: number) => {
    late = milliseconds
  }
  return { port: (proxy.address() as AddressInfo).port, delay, stop: () => proxy.close() }
}
