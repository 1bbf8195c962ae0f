import type { AuditEvent } from '#lib/contract/audit.ts'
import type { LogEntry } from '#lib/contract/logs.ts'

/** Something in a user's timeline: an event of the audit log, or a signature with an MPC key, which is in the log alone. */
export type Happened = { at: string; event: AuditEvent } | { at: string; signed: Pick<LogEntry, 'requestId' | 'at'> }

/**
 * Events and signatures, newest first. Where further events come with the next page, signatures from before those that are
 * shown wait for them.
 */
export function withSignatures(
  events: readonly AuditEvent[],
  signatures: readonly Pick<LogEntry, 'requestId' | 'at'>[],
  more: boolean,
): Happened[] {
  const oldest = more ? (events.at(-1)?.at ?? '') : ''
  const all: Happened[] = [
    ...events.map((event) => ({ at: event.at, event })),
    ...signatures.filter(({ at }) => at >= oldest).map((signed) => ({ at: signed.at, signed })),
  ]
  return all.sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0))
}
