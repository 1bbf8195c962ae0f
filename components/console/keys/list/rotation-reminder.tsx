import type { ConsoleKeys } from '#lib/contract/console.ts'
import { Notice } from '../../../ui/notice.tsx'
import { Time } from '../../../ui/time.tsx'

// So many are named; one more says that there are others.
const most = 10

/** Reminds of keys that are 90 days old and are not being replaced yet, the oldest first. */
export function RotationReminder({ due }: Pick<ConsoleKeys, 'due'>) {
  if (!due.length) return null
  const count = due.length > most ? `More than ${most}` : due.length
  return (
    <Notice tone="warn" title={due.length === 1 ? 'A key is due for rotation' : `${count} keys are due for rotation`}>
      A key should be replaced every 90 days: the longer it lives, the more places it may have leaked to. Rotation takes
      four steps and nothing stops working.
      <ul className="mt-1.5 space-y-1">
        {due.slice(0, most).map(({ id, name, createdAt }) => (
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
