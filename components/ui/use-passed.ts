import { useEffect, useState } from 'react'

/** Whether a moment, in epoch milliseconds, has passed: renders anew within a second of it. */
export function usePassed(at: number | undefined): boolean {
  const [passed, set] = useState(false)
  useEffect(() => {
    const look = () => set(at !== undefined && Date.now() >= at)
    look()
    if (at === undefined) return
    const timer = setInterval(look, 1_000)
    return () => clearInterval(timer)
  }, [at])
  return passed
}
