import { useState } from 'react'
import { useNow } from '../../../ui/use-now.ts'

interface Props {
  /** How long its endpoint may take; undefined for a skill of this server's own. */
  timeoutSeconds: number | undefined
}

/** While a test run is under way: for how long it has been, and how long it may take. */
export function SkillRunning({ timeoutSeconds }: Props) {
  const [since] = useState(Date.now)
  const now = useNow(1_000) ?? since
  return (
    <p className="mt-4 text-[13px] text-soft">
      Under way for <span className="tabular-nums">{Math.round((now - since) / 1_000)} s</span>.
      {timeoutSeconds === undefined ? null : ` The endpoint has ${timeoutSeconds} s to answer.`}
    </p>
  )
}
