import type { Change } from './use-change.ts'

/** What a button says while its change is under way. */
export function busyWords({ busy, confirming }: Pick<Change, 'busy' | 'confirming'>, idle: string, working: string) {
  return confirming ? 'Waiting for your passkey' : busy ? working : idle
}
