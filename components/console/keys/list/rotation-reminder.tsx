import type { ConsoleKey } from '#lib/contract/console.ts'
import { Notice } from '../../../ui/notice.tsx'
import { Time } from '../../../ui/time.tsx'

/** Reminds of keys that are 90 days old and are not being replaced yet. */
export function RotationReminder({ keys }: { keys: readonly ConsoleKey[] }) {
  const due = keys.filter(({ activity, rotation }) => activity.rotationDue && !rotation)
  if (!due.length) return null
  return (
    <Notice
      tone="warn"
      title={due.length === 1 ? 'A key is due for rotation' : `${due.length} keys are due for rotation`}
    >
      A key should be replaced every 90 days: the longer it lives, the more places it may have leaked to. Rotation takes
      four steps and nothing stops working.
      <ul className="mt-1.5 space-y-1">
        {due.map(({ id, name, createdAt }) => (
          <li key={id} className="flex flex-wrap gap-x-2.5">
            <span className="font-semibold text-ink wrap-anywhere">{name}</span>
            <span>
              made <Time iso={createdAt} />
            </span>
            <a
              href={`/console/keys/${id}/rotate`}
              aria-label={`Rotate ${name}`}
              className="font-medium text-accent underline-offset-4 hover:underline"
            >
              Rotate
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
