import { useSyncExternalStore } from 'react'

const query = '(min-width: 64rem)'

function watch(changed: () => void): () => void {
  const media = matchMedia(query)
  media.addEventListener('change', changed)
  return () => media.removeEventListener('change', changed)
}

/** Whether set-up and result stand side by side. Known in a browser alone: a server takes the page for a wide one. */
export function useWide(): boolean {
  return useSyncExternalStore(
    watch,
    () => matchMedia(query).matches,
    () => true,
  )
}
