import { type RefObject, useRef, useState } from 'react'

/**
 * What was changed on a page, said for who does not see it. The button that had the focus may be gone with its row, so the
 * page's content takes it.
 */
export function useSaid(reload: () => Promise<void>): {
  said: string
  region: RefObject<HTMLDivElement | null>
  changed: (what: string) => Promise<void>
} {
  const [said, say] = useState('')
  const region = useRef<HTMLDivElement>(null)

  async function changed(what: string) {
    await reload()
    say(what)
    setTimeout(() => {
      if (document.activeElement === document.body) region.current?.focus({ preventScroll: true })
    })
  }
  return { said, region, changed }
}
