import { useEffect, useState } from 'react'

/** The present, renewed every `every` milliseconds while `on`; undefined until the page is alive. */
export function useNow(every: number, on = true): number | undefined {
  const [now, set] = useState<number>()
  useEffect(() => {
    if (!on) return
    set(Date.now())
    const timer = setInterval(() => set(Date.now()), every)
    return () => clearInterval(timer)
  }, [every, on])
  return now
}
