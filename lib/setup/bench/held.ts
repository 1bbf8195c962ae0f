const period = 20

/**
 * Lets processes run a share of the time, each stopped for the rest, as if it had that much of a core: on a machine of few cores
 * that is what leaves enough for whatever they share. Until what it resolves with is called.
 */
export function held(pids: readonly number[], share: number): () => void {
  let ended = false
  const turn = (pid: number, runs: boolean) => {
    if (ended) return
    process.kill(pid, runs ? 'SIGCONT' : 'SIGSTOP')
    setTimeout(turn, period * (runs ? share : 1 - share), pid, !runs)
  }
  const end = () => {
    ended = true
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGCONT')
      } catch {} // Ended before.
    }
  }
  // In turns, so that they do not want the cores all at once.
  for (const [at, pid] of pids.entries()) setTimeout(turn, (period * at) / pids.length, pid, false)
  process.once('exit', end)
  return () => {
    process.off('exit', end)
    end()
  }
}
