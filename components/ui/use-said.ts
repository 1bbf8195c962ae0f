import { useEffect, useState } from 'react'

/** What a press came to, for a few seconds. */
export function useSaid(): [said: string, say: (words: string) => void] {
  const [said, say] = useState('')
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => say(''), 5_000)
    return () => clearTimeout(timer)
  }, [said])
  return [said, say]
}
