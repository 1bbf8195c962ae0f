import { Steps as Strip } from '../ui/steps.tsx'
import { useNow } from '../ui/use-now.ts'
import type { Standing } from './standing.ts'
import type { State } from './state.ts'
import { stepsOf } from './steps-of.ts'

/** The story in five steps, which is also the progress, kept true while a token's time runs. */
export function Steps({
  state,
  standing,
  onRun,
}: {
  state: State
  standing: Standing
  onRun: (number: number) => void
}) {
  const now = useNow(1_000, standing.token === 'good')
  return <Strip steps={stepsOf(state, standing, now ?? Date.now())} onRun={onRun} />
}
