import { type RefObject, useEffect, useRef } from 'react'

/**
 * What had the focus in this place may go with what it was for, such as the button that tries again: then the place has
 * the focus, and the keyboard goes on from there.
 */
export function useFocusKeptIn(place: RefObject<HTMLElement | null>): void {
  const held = useRef<Node>(undefined)
  useEffect(() => {
    const hear = ({ target }: FocusEvent) => {
      held.current = target instanceof Node && place.current?.contains(target) ? target : undefined
    }
    document.addEventListener('focusin', hear)
    return () => document.removeEventListener('focusin', hear)
  }, [place])
  useEffect(() => {
    if (held.current?.isConnected === false && document.activeElement === document.body)
      place.current?.focus({ preventScroll: true })
  })
}
