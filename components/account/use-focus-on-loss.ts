import { useEffect, useRef } from 'react'

/** A heading that gets the focus when there are fewer things below it: the button that had it went with one of them. */
export function useFocusOnLoss(count: number) {
  const heading = useRef<HTMLHeadingElement>(null)
  const before = useRef(count)
  useEffect(() => {
    if (count < before.current) heading.current?.focus()
    before.current = count
  }, [count])
  return heading
}
