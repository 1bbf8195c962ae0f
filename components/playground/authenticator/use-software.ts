import { useCallback, useEffect, useRef, useState } from 'react'

// Most visits need no authenticator but their own: this one comes when it is asked for.
export const loadSoftware = () => import('./software-place.tsx')

/** What the tab keeps them under. */
const kept = 'playground.authenticators'

/** The way to the page's software authenticators, which are there once somebody has asked for them, or the tab has kept them. */
export function useSoftware() {
  const [wanted, want] = useState(false)
  const [open, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const [names, setNames] = useState<readonly string[]>()
  useEffect(() => {
    try {
      if (sessionStorage.getItem(kept)) want(true)
    } catch {}
  }, [])
  const show = useCallback(() => {
    want(true)
    setOpen(true)
  }, [])
  const close = useCallback(() => setOpen(false), [])
  /** Shows them, and lets them answer: what helps where there is no authenticator. */
  const use = useCallback(() => {
    show()
    loadSoftware().then(
      ({ software }) => software.turn(true),
      () => {},
    )
  }, [show])
  const clear = useCallback(() => {
    // Whether what wrote it can be loaded again or not.
    try {
      sessionStorage.removeItem(kept)
    } catch {}
    if (wanted)
      loadSoftware().then(
        ({ software }) => software.clear(),
        () => {},
      )
  }, [wanted])
  return { wanted, open, names, opener, show, close, use, clear, setNames }
}
