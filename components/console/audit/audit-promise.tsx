import { Icon } from '../../ui/icon.tsx'

/** Why the log can be believed. */
export function AuditPromise() {
  return (
    <p className="flex gap-2.5 text-[13px] text-soft">
      <Icon name="info" className="mt-0.5 size-4 text-faint" />
      <span className="max-w-[84ch] text-pretty">
        The log only grows. The database itself refuses to change or delete a line of it, whoever asks; and a line is
        written in the transaction of its change, so that neither is there without the other: that of an MPC key at the
        MPC server, which hands it on. Of what is refused, which changes nothing, at most five lines a minute are
        written for each user. Secrets never stand in it.
      </span>
    </p>
  )
}
