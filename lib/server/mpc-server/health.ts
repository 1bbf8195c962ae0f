// The Next bundle and the entry point are separate module graphs of one process.
const shared = globalThis as { playgroundMpcServer?: 'ok' | 'down' }

let told: (state: 'ok' | 'down') => void = () => {}

/** Notes how the MPC server is that this process started. */
export function noteMpcServer(state: 'ok' | 'down'): void {
  shared.playgroundMpcServer = state
  told(state)
}

/** Has somebody told of it, now and each time that it changes. */
export function onMpcServer(listener: (state: 'ok' | 'down') => void): void {
  told = listener
  if (shared.playgroundMpcServer) listener(shared.playgroundMpcServer)
}

/** How the MPC server is that this process started; undefined where it started none. */
export function mpcServerHealth(): 'ok' | 'down' | undefined {
  return shared.playgroundMpcServer
}
