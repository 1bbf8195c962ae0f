import { readdirSync, readFileSync } from 'node:fs'

const tickMilliseconds = 10

/**
 * CPU time, user and system, that a process has used in all its threads, and those that it began and that ended, to 10 ms;
 * undefined where there is no Linux `/proc`. Read from outside, so that the server under load runs nothing for it.
 *
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html (utime, stime, cutime, cstime: in ticks, of which Linux shows 100 a second)
 */
export function cpuMilliseconds(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the command's name in parentheses, which may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * tickMilliseconds
  } catch {
    return undefined
  }
}

/**
 * The same of all of its threads that rest, to a microsecond: where a process does nothing while it is asked for. Undefined where
 * it has ended.
 *
 * @see https://docs.kernel.org/scheduler/sched-stats.html
 */
export function restingMilliseconds(pid: number): number | undefined {
  try {
    const of = (thread: string) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
    return readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => sum + of(thread), 0) / 1e6
  } catch {
    return undefined
  }
}

/**
 * CPU time, user and system, that the calling thread has used, in milliseconds, to some microseconds. Of a thread that
 * runs, what the kernel says is as old as its last tick: the thread rests for a moment first.
 *
 * @see https://www.kernel.org/doc/html/latest/timers/no_hz.html
 */
export function threadMilliseconds(): number {
  Atomics.wait(rest, 0, 0, 0.01)
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

const rest = new Int32Array(new SharedArrayBuffer(4))
