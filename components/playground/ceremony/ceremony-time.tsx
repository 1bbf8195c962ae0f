import type { Lane, Run } from '../run.ts'
import { durationText, laneNames } from './ceremony-lanes.ts'

const looks = {
  authenticator: { bar: 'bg-accent', note: 'and the person' },
  browser: { bar: 'bg-line-strong', note: 'and this page' },
  server: { bar: 'bg-faint', note: 'and the way there' },
} as const

/** Where a ceremony's time went: what each lane was waited for, and the rest in the page. */
export function CeremonyTime({ run }: { run: Run }) {
  const total = run.took ?? Math.max(0, ...run.messages.map(({ at }) => at))
  const waited = (lane: Lane) =>
    run.messages.reduce((sum, { from, duration = 0 }) => (from === lane ? sum + duration : sum), 0)
  const authenticator = waited('authenticator')
  const server = waited('server')
  const shares: [Lane, number][] = [
    ['authenticator', authenticator],
    ['browser', Math.max(0, total - authenticator - server)],
    ['server', server],
  ]
  const asked = shares.filter(([, share]) => share > 0)
  if (total <= 0) return null
  return (
    <div className="mt-4">
      <div aria-hidden="true" className="flex h-1.5 gap-px overflow-hidden rounded-full">
        {asked.map(([lane, share]) => (
          <span key={lane} className={looks[lane].bar} style={{ flexGrow: share, minWidth: 3 }} />
        ))}
      </div>
      <ul aria-label="Where the time went" className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-[13px] text-soft">
        {asked.map(([lane, share]) => (
          <li key={lane} className="flex items-baseline gap-1.5">
            <span aria-hidden="true" className={`size-2 rounded-full ${looks[lane].bar}`} />
            {laneNames[lane]} {looks[lane].note}
            <span className="font-mono text-ink tabular-nums">{durationText(share)}</span>
          </li>
        ))}
        <li className="ml-auto">
          in all <span className="font-mono text-ink tabular-nums">{durationText(total)}</span>
        </li>
      </ul>
    </div>
  )
}
