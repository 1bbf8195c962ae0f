import { readFileSync } from 'node:fs'

const tickMilliseconds = 10

/**
 * CPU time, user and system, that a process has used in all its threads, to 10 ms; undefined where there is no Linux
 * `/proc`. Read from outside, so that the server under load runs nothing for it.
 *
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html (utime, stime: in ticks, of which Linux shows 100 a second)
 */
export function cpuMilliseconds(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the command's name in parentheses, which may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * tickMilliseconds
  } catch {
    return undefined
  }
}

/**
 * CPU time that a process's first thread has used by when it next waits, in milliseconds, to the microsecond: of a Node
 * process that is the one thread that its event loop runs on. Undefined where there is no Linux `/proc`.
 *
 * @see https://www.kernel.org/doc/html/latest/scheduler/sched-stats.html#proc-pid-schedstat
 */
export async function loopMilliseconds(pid: number): Promise<number | undefined> {
  const thread = `/proc/${pid}/task/${pid}`
  try {
    // Of one that runs, what the kernel says is as old as its last tick.
    while (!/\) S /.test(readFileSync(`${thread}/stat`, 'latin1'))) await new Promise(setImmediate)
    return Number(readFileSync(`${thread}/schedstat`, 'latin1').split(' ')[0]) / 1e6
  } catch {
    return undefined
  }
}
