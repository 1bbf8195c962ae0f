import type { ErrorCode } from '#lib/contract/errors.ts'
import { smallLink } from '../ui/button.tsx'

/** How often an error happened to the reader: a script asks with the key of the tab, where that may read logs. */
export function HowOften({ code }: { code: ErrorCode }) {
  return (
    <div
      data-how-often={code}
      className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-line bg-card px-3.5 py-2.5 text-[14px]"
    >
      <p aria-live="polite" className="min-w-0 flex-1 basis-60">
        How often it happened to your tenant, and to whom, stands in the Console.
      </p>
      <a href={`/console/logs?code=${code}`} className={smallLink}>
        Open in Logs
      </a>
    </div>
  )
}
