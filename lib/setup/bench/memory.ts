import { readFileSync } from 'node:fs'

/**
 * What a process has in memory now, in MiB; undefined where there is no Linux `/proc`.
 *
 * @see https://man7.org/linux/man-pages/man5/proc_pid_status.5.html (VmRSS)
 */
export function residentMebibytes(pid: number): number | undefined {
  try {
    const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024
  } catch {
    return undefined
  }
}
