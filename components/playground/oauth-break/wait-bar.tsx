import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useNow } from '../../ui/use-now.ts'

/** The time that has to pass, as a bar. */
export function WaitBar({ from, until }: { from: number; until: number }) {
  const now = useNow(200) ?? from
  return <ProgressBar label="Waiting time" value={Math.min(until, Math.max(from, now)) - from} max={until - from} />
}
