import type { Work } from './mpc-work.ts'

/** Where the time of an operation went, in milliseconds. */
export interface WorkTimes {
  device: number
  /** The servers and the way to them. */
  elsewhere: number
  /** Until the passkey had answered. */
  person: number
}

/** Where the time went, of an operation that has ended. */
export function workTimes({ rounds, took = 0 }: Pick<Work, 'rounds' | 'took'>): WorkTimes {
  const elsewhere = rounds.reduce((sum, { duration = 0 }) => sum + duration, 0)
  let person = 0
  for (const [index, { name, direction, at }] of rounds.entries()) {
    const before = rounds[index - 1]
    if (name === 'approval.finish' && direction === 'sent' && before) person += at - before.at
  }
  return { elsewhere, person, device: Math.max(0, took - elsewhere - person) }
}
