import { useEffect, useState } from 'react'

const mark = '#hand-off='

/** The one-time code that an address brings, which leaves the address at once; with undefined it is forgotten. */
export function useCodeInAddress() {
  const [code, set] = useState<string>()
  useEffect(() => {
    const look = () => {
      const { hash, pathname, search } = location
      if (!hash.startsWith(mark)) return
      set(hash.slice(mark.length))
      history.replaceState(null, '', pathname + search)
    }
    look()
    addEventListener('hashchange', look)
    return () => removeEventListener('hashchange', look)
  }, [])
  return [code, set] as const
}
