// The Next bundle and the entry point are separate module graphs of one process.
const shared = globalThis as { playgroundMpcServer?: 'ok' | 'down' }

/** Notes how the MPC server is that this process started. */
export function noteMpcServer(state: 'ok' | 'down'): void {
  shared.playgroundMpcServer = state
}

/** How the MPC server is that this process started; undefined where it started none. */
export function mpcServerHealth(): 'ok' | 'down' | undefined {
  return shared.playgroundMpcServer
}
