import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** Whether the page listens: false as the server draws it, when a press or a letter would be lost. */
export function useAlive(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
