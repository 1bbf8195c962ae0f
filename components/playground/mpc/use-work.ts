import { type Dispatch, type SetStateAction, useCallback, useEffect, useRef } from 'react'
import type { Round } from '#lib/sdk/mpc/index.ts'
import type { MpcState, Work } from './mpc-work.ts'
import { refusalOf } from './refusal-of.ts'

export interface Drawing {
  signal: AbortSignal
  /** Draws a message as it passes. */
  onRound: (round: Round) => void
  /** Changes what else is drawn. */
  show: (changes: Partial<Work>) => void
}

export type Wished = Pick<Work, 'kind' | 'approved' | 'inside' | 'attack'> & { approval?: MpcState['approval'] }

/** Runs operations, one at a time, and draws their messages as they pass. What an operation throws is drawn as its refusal. */
export function useWork(set: Dispatch<SetStateAction<MpcState>>) {
  const active = useRef<AbortController>(undefined)
  useEffect(() => () => active.current?.abort(), [])

  const run = useCallback(
    async <Answer>(
      { approval, ...wished }: Wished,
      operate: (drawing: Drawing) => Promise<Answer>,
    ): Promise<Answer | undefined> => {
      active.current?.abort()
      const controller = new AbortController()
      active.current = controller
      let work: Work = { ...wished, rounds: [], startedAt: Date.now() }
      const show = (changes: Partial<Work>, more: Partial<MpcState> = {}) => {
        work = { ...work, ...changes }
        if (active.current === controller) set((before) => ({ ...before, work, ...more }))
      }
      set(({ signature: _, approval: __, ...before }) => ({
        ...before,
        work,
        busy: true,
        ...(approval ? { approval } : {}),
      }))
      const onRound = (round: Round) => {
        show({ rounds: [...work.rounds, { ...round, at: Date.now() }] })
        if (round.name === 'approval.finish' && round.direction === 'received' && !round.reason)
          set((before) => (before.approval ? { ...before, approval: { ...before.approval, at: Date.now() } } : before))
      }
      const ended = () => ({ took: Date.now() - work.startedAt })
      try {
        const answer = await operate({ signal: controller.signal, onRound, show })
        show(ended(), { busy: false })
        return answer
      } catch (error) {
        show({ ...ended(), refusal: refusalOf(error) }, { busy: false })
        return undefined
      }
    },
    [set],
  )

  const cancel = () => active.current?.abort(new DOMException('You called it off.', 'AbortError'))
  return { run, cancel }
}
