import { useCallback, useEffect, useReducer, useRef } from 'react'
import { type Fault, faults } from '#lib/webauthn/faults/index.ts'
import { emptyLab, type LabAction, lateFault, reduceLab, type Tried } from './lab-state.ts'
import { type BenchServer, newTrial, type Trial } from './trial.ts'

/** What is tried at one server, and what came of it. What waits or runs ends when `on` does. */
export function useLab(server: BenchServer | undefined, on: boolean) {
  const [state, dispatch] = useReducer(reduceLab, emptyLab)
  const open = useRef<{ one?: Trial | undefined; late?: Trial | undefined; began?: number }>({})
  const left = useRef(0)

  /** Takes away what a laboratory made. */
  const tidy = useCallback(async (trial: Trial) => {
    dispatch({ type: 'tidying' })
    // Two may tidy at once: what the other left meanwhile counts.
    const stayed = await trial.tidy()
    left.current += stayed
    dispatch({ type: 'left', left: left.current })
  }, [])

  const stop = useCallback(() => {
    const { one, late, began = performance.now() } = open.current
    open.current = {}
    if (!one && !late) return
    dispatch({ type: 'stopped', took: performance.now() - began })
    for (const trial of [one, late]) {
      if (!trial) continue
      trial.stop()
      tidy(trial)
    }
  }, [tidy])

  /** The one that waits makes room for another, and leaves nothing behind. */
  function dropLate() {
    const { late } = open.current
    if (!late) return
    open.current.late = undefined
    late.stop()
    tidy(late)
  }

  useEffect(() => {
    if (!on) stop()
  }, [on, stop])
  useEffect(() => stop, [stop])
  useEffect(() => {
    const leave = () => {
      const { one, late } = open.current
      for (const trial of [one, late]) trial?.abandon()
      stop()
    }
    addEventListener('pagehide', leave)
    return () => removeEventListener('pagehide', leave)
  }, [stop])

  function begun(target: BenchServer): Trial {
    return newTrial(target, heardBy(dispatch))
  }

  async function answerLate(target: BenchServer) {
    dropLate()
    const late = begun(target)
    open.current.late = late
    dispatch({ type: 'late-begun' })
    const result = await late.try(lateFault)
    if (late.stopped) return
    dispatch({ type: 'late-ended', result })
    open.current.late = undefined
    await tidy(late)
  }

  return {
    state,
    stop,
    /** The server is another one: what was learned is not about it. */
    forget() {
      stop()
      dispatch({ type: 'forgotten' })
    },
    /** Tries one fault. */
    async run(fault: Fault) {
      if (!server || state.trying || (state.lateAt !== undefined && sharesSession(server))) return
      if (fault === lateFault) return answerLate(server)
      const one = open.current.one ?? begun(server)
      open.current.one = one
      dispatch({ type: 'begun', id: fault.id })
      const result = await one.try(fault)
      if (one.stopped) return
      dispatch({ type: 'ended', result })
      if (result.verdict !== 'untried') return
      // Of users that could not be made, no other fault learns anything, either.
      open.current.one = undefined
      await tidy(one)
    },
    /** Tries all, the one that takes five minutes beside the others. */
    async runAll() {
      if (!server || state.trying) return
      const one = open.current.one ?? begun(server)
      const began = performance.now()
      open.current.one = one
      open.current.began = began
      dispatch({ type: 'all-begun', at: new Date().toISOString() })
      if (sharesSession(server)) {
        dropLate()
        dispatch({ type: 'late-ended', result: lateAlone })
      } else answerLate(server)
      for (const fault of faults) {
        if (fault === lateFault) continue
        dispatch({ type: 'begun', id: fault.id })
        const result = await one.try(fault)
        if (one.stopped) return
        dispatch({ type: 'ended', result })
      }
      open.current.one = undefined
      dispatch({ type: 'all-ended', took: performance.now() - began })
      await tidy(one)
    },
  }
}

/** A browser has one session with a server that knows its ceremony by a cookie: one ceremony at a time. */
export function sharesSession({ mapping }: BenchServer): boolean {
  return !mapping.ceremonyAt
}

const lateAlone: Tried = {
  ...{ id: lateFault.id, verdict: 'untried', by: [], was: 'sent at once', is: 'sent after 5 minutes' },
  reason: 'The server’s session holds one ceremony, and this one takes it for five minutes: run it by itself.',
}

export type Lab = ReturnType<typeof useLab>

function heardBy(dispatch: (action: LabAction) => void) {
  return {
    onWait: (until: number | undefined) => dispatch({ type: 'waits', until }),
    onLate: (until: number) => dispatch({ type: 'late-waits', until }),
  }
}
